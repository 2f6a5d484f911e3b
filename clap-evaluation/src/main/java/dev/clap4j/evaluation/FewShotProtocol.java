package dev.clap4j.evaluation;

import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.training.probe.LinearProbe;
import dev.clap4j.training.probe.ProbeRecipe;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * The few-shot evaluation of CLAP (section 4.2): a linear probe on the features of a few labelled images a class, trained
 * in each domain on its own.
 *
 * <p>All methods see the same labelled images and start their probes from the same weights. Besides the published figure,
 * the whole domain the probe was trained in, there are two stricter ones: without the labelled images, and on the other
 * domains, where no picture can be a near copy of a labelled one in the same style.
 */
public final class FewShotProtocol {
    private final EncodedDataset data;
    private final ProbeRecipe recipe;

    /**
     * A protocol for a data set.
     *
     * @param recipe how probes are trained
     */
    public FewShotProtocol(EncodedDataset data, ProbeRecipe recipe) {
        this.data = data;
        this.recipe = recipe;
    }

    /** What a method reaches with so many labelled images of each class, chosen by the seed. */
    public FewShotResult run(Method method, int shots, long seed) {
        return run(method, FewShotSupport.draw(data.dataset(), shots, seed));
    }

    /** What a method reaches with these labelled images. */
    public FewShotResult run(Method method, FewShotSupport support) {
        List<FeatureMatrix> mapped = data.mapped(method);
        return FewShotResult.of(IntStream.range(0, mapped.size())
                .parallel()
                .mapToObj(domain -> cell(method, mapped, domain, support))
                .toList());
    }

    /**
     * What the probe of one domain reaches.
     *
     * @param mapped the features of all domains as the method gives them, see {@link EncodedDataset#mapped}
     */
    public FewShotCell cell(Method method, List<FeatureMatrix> mapped, int domain, FewShotSupport support) {
        List<Domain> domains = data.dataset().domains();
        LinearProbe probe = train(mapped.get(domain), domain, support);
        int[] labels = domains.get(domain).labels();
        int[] predicted = probe.predict(mapped.get(domain));
        boolean[] seen = support.mask(domain, labels.length);
        int[] rest = IntStream.range(0, labels.length).filter(i -> !seen[i]).toArray();
        OptionalDouble across = IntStream.range(0, domains.size())
                .filter(other -> other != domain)
                .mapToDouble(other -> Metrics.accuracy(
                        probe.predict(mapped.get(other)), domains.get(other).labels()))
                .average();
        return new FewShotCell(
                method.name(),
                method.alpha(),
                support.shots(),
                support.seed(),
                domains.get(domain).name(),
                Metrics.accuracy(predicted, labels),
                rest.length == 0 ? null : (Double) Metrics.accuracy(pick(predicted, rest), pick(labels, rest)),
                orNull(across),
                orNull(probe.l2()));
    }

    private static Double orNull(OptionalDouble value) {
        return value.isPresent() ? (Double) value.getAsDouble() : null;
    }

    /** The probe of a domain, for features as the method gives them. */
    public LinearProbe train(Method method, int domain, FewShotSupport support) {
        return train(method.apply(data.images().get(domain)), domain, support);
    }

    private LinearProbe train(FeatureMatrix images, int domain, FewShotSupport support) {
        int[] rows = support.rows().get(domain);
        int[] labels = pick(data.dataset().domains().get(domain).labels(), rows);
        int classes = data.dataset().classes().size();
        return recipe.train(images.select(rows), labels, classes, support.seed());
    }

    private static int[] pick(int[] values, int[] places) {
        return IntStream.of(places).map(i -> values[i]).toArray();
    }
}
