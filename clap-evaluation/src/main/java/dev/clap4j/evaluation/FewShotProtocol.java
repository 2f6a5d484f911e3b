package dev.clap4j.evaluation;

import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.training.probe.LinearProbe;
import dev.clap4j.training.probe.ProbeOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private final ProbeOptions options;

    /** A protocol for a data set. */
    public FewShotProtocol(EncodedDataset data, ProbeOptions options) {
        this.data = data;
        this.options = options;
    }

    /** What a method reaches with so many labelled images of each class, chosen by the seed. */
    public FewShotResult run(Method method, int shots, long seed) {
        return run(method, FewShotSupport.draw(data.dataset(), shots, seed));
    }

    /** What a method reaches with these labelled images. */
    public FewShotResult run(Method method, FewShotSupport support) {
        List<FeatureMatrix> images = data.mapped(method);
        List<Domain> domains = data.dataset().domains();
        List<LinearProbe> probes = IntStream.range(0, domains.size())
                .parallel()
                .mapToObj(d -> train(images.get(d), d, support))
                .toList();
        Map<String, Double> within = new LinkedHashMap<>();
        Map<String, Double> others = new LinkedHashMap<>();
        Map<String, Double> across = new LinkedHashMap<>();
        for (int d = 0; d < domains.size(); d++) {
            String name = domains.get(d).name();
            LinearProbe probe = probes.get(d);
            int[] labels = domains.get(d).labels();
            int[] predicted = probe.predict(images.get(d));
            within.put(name, Metrics.accuracy(predicted, labels));
            boolean[] seen = support.mask(d, labels.length);
            int[] rest = IntStream.range(0, labels.length).filter(i -> !seen[i]).toArray();
            if (rest.length > 0) {
                others.put(name, Metrics.accuracy(pick(predicted, rest), pick(labels, rest)));
            }
            int own = d;
            IntStream.range(0, domains.size())
                    .filter(other -> other != own)
                    .mapToDouble(other -> Metrics.accuracy(
                            probe.predict(images.get(other)), domains.get(other).labels()))
                    .average()
                    .ifPresent(mean -> across.put(name, mean));
        }
        return new FewShotResult(
                method.name(), method.alpha(), support.shots(), support.seed(), within, others, across);
    }

    /** The probe of a domain, for features as the method gives them. */
    public LinearProbe train(Method method, int domain, FewShotSupport support) {
        return train(method.apply(data.images().get(domain)), domain, support);
    }

    private LinearProbe train(FeatureMatrix images, int domain, FewShotSupport support) {
        int[] rows = support.rows().get(domain);
        int[] labels = pick(data.dataset().domains().get(domain).labels(), rows);
        int classes = data.dataset().classes().size();
        return LinearProbe.train(images.select(rows), labels, classes, options, support.seed());
    }

    private static int[] pick(int[] values, int[] places) {
        return IntStream.of(places).map(i -> values[i]).toArray();
    }
}
