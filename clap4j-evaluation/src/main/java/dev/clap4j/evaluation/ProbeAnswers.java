package dev.clap4j.evaluation;

import dev.clap4j.dataset.Dataset;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * The classes that the linear probe of one domain gives the images of all domains.
 *
 * @param domain the place of the one it was trained in
 * @param support the labelled images
 * @param predicted class numbers {@code [images]} by domain
 * @param l2 the strength λ of the regularisation that logistic regression chose; null with another probe
 */
public record ProbeAnswers(Dataset dataset, int domain, FewShotSupport support, List<int[]> predicted, Double l2) {
    /** Makes the list unmodifiable. */
    public ProbeAnswers {
        predicted = List.copyOf(predicted);
    }

    /** The places of the domain's images that are not labelled. */
    public int[] unlabelled() {
        boolean[] labelled = support.mask(domain, labels(domain).length);
        return IntStream.range(0, labelled.length).filter(i -> !labelled[i]).toArray();
    }

    /** Which answers in a domain are right, {@code [images]}: 1 where one is, else 0. */
    public double[] right(int inDomain) {
        int[] labels = labels(inDomain);
        int[] found = predicted.get(inDomain);
        return IntStream.range(0, labels.length)
                .mapToDouble(i -> found[i] == labels[i] ? 1 : 0)
                .toArray();
    }

    private int[] labels(int ofDomain) {
        return dataset.domains().get(ofDomain).labels();
    }

    /** What they amount to, for the record of a method. */
    FewShotCell cell(Method method) {
        int[] rest = unlabelled();
        OptionalDouble across = IntStream.range(0, predicted.size())
                .filter(other -> other != domain)
                .mapToDouble(other -> Metrics.accuracy(predicted.get(other), labels(other)))
                .average();
        return new FewShotCell(
                method.name(),
                method.alpha(),
                support.shots(),
                support.seed(),
                dataset.domains().get(domain).name(),
                Metrics.accuracy(predicted.get(domain), labels(domain)),
                rest.length == 0
                        ? null
                        : (Double) Metrics.accuracy(pick(predicted.get(domain), rest), pick(labels(domain), rest)),
                across.isPresent() ? (Double) across.getAsDouble() : null,
                l2);
    }

    private static int[] pick(int[] values, int[] places) {
        return IntStream.of(places).map(i -> values[i]).toArray();
    }
}
