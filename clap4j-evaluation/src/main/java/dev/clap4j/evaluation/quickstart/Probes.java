package dev.clap4j.evaluation.quickstart;

import dev.clap4j.dataset.EncodedDataset;
import dev.clap4j.evaluation.DerivedMetrics;
import dev.clap4j.evaluation.FewShotProtocol;
import dev.clap4j.evaluation.FewShotResult;
import dev.clap4j.evaluation.FewShotSupport;
import dev.clap4j.evaluation.Method;
import dev.clap4j.evaluation.PairedAnswers;
import dev.clap4j.evaluation.ProbeAnswers;
import dev.clap4j.training.probe.ProbeOptions;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Linear probes of all methods, for all domains and all draws of labelled images.
 *
 * @param methods the names of the methods
 * @param results by method and draw
 * @param answers by method, draw and domain of the probe
 */
record Probes(List<String> methods, List<List<FewShotResult>> results, List<List<List<ProbeAnswers>>> answers) {
    /** Accuracy on the whole domain, on its unlabelled images, and on the other domains. */
    static final DerivedMetrics FIGURES = DerivedMetrics.accuracies(List.of("whole", "others", "across"));

    static Probes of(EncodedDataset data, List<Method> methods, QuickstartOptions options) {
        FewShotProtocol protocol = new FewShotProtocol(data, ProbeOptions.OFFICIAL);
        List<FewShotSupport> supports = IntStream.range(0, options.supportDraws())
                .mapToObj(draw -> FewShotSupport.draw(data.dataset(), options.shots(), options.seed() + draw))
                .toList();
        List<List<List<ProbeAnswers>>> answers = methods.stream()
                .map(method -> supports.stream()
                        .map(support -> protocol.answers(method, support))
                        .toList())
                .toList();
        List<List<FewShotResult>> results = IntStream.range(0, methods.size())
                .mapToObj(m -> answers.get(m).stream()
                        .map(draw -> FewShotResult.of(methods.get(m), draw))
                        .toList())
                .toList();
        return new Probes(methods.stream().map(Method::name).toList(), results, answers);
    }

    /** Returns a metric for each method, averaged over the draws; NaN if there is no value. */
    List<Double> means(ToDoubleFunction<FewShotResult> figure) {
        return results.stream()
                .map(draws -> draws.stream().mapToDouble(figure).average().orElse(Double.NaN))
                .toList();
    }

    /** Returns the fraction of correct predictions for each image, averaged over draws and probes. */
    PairedAnswers paired() {
        return PairedAnswers.of(
                methods,
                answers.stream()
                        .map(ofMethod -> List.of(
                                byDomain(ofMethod, Probes::whole),
                                byDomain(ofMethod, Probes::others),
                                byDomain(ofMethod, Probes::across)))
                        .toList());
    }

    /** Computes the correctness of one draw's probes on the images of a domain, {@code [images]}. */
    private interface Rightness {
        double[] of(List<ProbeAnswers> probes, int domain);
    }

    private static List<double[]> byDomain(List<List<ProbeAnswers>> draws, Rightness rightness) {
        return IntStream.range(0, draws.get(0).size())
                .mapToObj(domain -> mean(draws.stream()
                        .map(probes -> rightness.of(probes, domain))
                        .toList()))
                .toList();
    }

    private static double[] whole(List<ProbeAnswers> probes, int domain) {
        return probes.get(domain).right(domain);
    }

    /**
     * Weights unlabelled images so that the mean over all images is that over the unlabelled ones; labelled images
     * count 0.
     */
    private static double[] others(List<ProbeAnswers> probes, int domain) {
        double[] right = probes.get(domain).right(domain);
        int[] unlabelled = probes.get(domain).unlabelled();
        double[] weighted = new double[right.length];
        for (int i : unlabelled) {
            weighted[i] = right[i] * right.length / unlabelled.length;
        }
        return weighted;
    }

    private static double[] across(List<ProbeAnswers> probes, int domain) {
        List<double[]> others = probes.stream()
                .filter(probe -> probe.domain() != domain)
                .map(probe -> probe.right(domain))
                .toList();
        return others.isEmpty() ? new double[probes.get(domain).right(domain).length] : mean(others);
    }

    private static double[] mean(List<double[]> rows) {
        double[] mean = new double[rows.get(0).length];
        for (double[] row : rows) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += row[i] / rows.size();
            }
        }
        return mean;
    }
}
