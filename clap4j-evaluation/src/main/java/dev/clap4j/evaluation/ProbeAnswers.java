package dev.clap4j.evaluation;

import dev.clap4j.dataset.Dataset;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * The predictions of one domain's linear probe for the images of all domains.
 *
 * @param domain the index of the training domain
 * @param support the labelled images
 * @param predicted class numbers {@code [images]} by domain
 * @param l2 the L2 penalty λ chosen by logistic regression; null for other probes
 */
public record ProbeAnswers(Dataset dataset, int domain, FewShotSupport support, List<int[]> predicted, Double l2) {
    /** Makes the list unmodifiable. */
    public ProbeAnswers {
        predicted = List.copyOf(predicted);
    }

    /** Returns the indices of the domain's unlabelled images. */
    public int[] unlabelled() {
        boolean[] labelled = support.mask(domain, labels(domain).length);
        return IntStream.range(0, labelled.length).filter(i -> !labelled[i]).toArray();
    }

    /** Returns 1 for each correct prediction in a domain, else 0, {@code [images]}. */
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

    /** Returns the accuracies, as a method's cell. */
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
