package dev.clap4j.evaluation.quickstart;

import java.util.List;

/**
 * The results of an experiment.
 *
 * @param setting the settings of the run
 * @param comparisons one for each {@link QuickstartMetric} that could be computed, in their order
 * @param heads the heads that were trained
 * @param domains details, seen domains first
 * @param samples randomly drawn unseen images, grouped by domain
 */
public record QuickstartReport(
        Setting setting,
        List<Comparison> comparisons,
        List<TrainedHead> heads,
        List<DomainScores> domains,
        List<Sample> samples) {
    /** Makes the lists unmodifiable. */
    public QuickstartReport {
        comparisons = List.copyOf(comparisons);
        heads = List.copyOf(heads);
        domains = List.copyOf(domains);
        samples = List.copyOf(samples);
    }

    /**
     * The settings of a run.
     *
     * @param model the model's name
     * @param fingerprint identifies its weights
     * @param classes the class names on which the heads were trained
     * @param seenDomains the domains on which the model was trained
     * @param seenImages the number of images of seen domains
     * @param unseenDomains the other domains
     * @param unseenImages the number of images of unseen domains
     * @param imageTypes the image types among the unseen images
     * @param shots labelled images per class for the probe
     * @param supportDraws the number of draws of labelled images
     * @param templateDraws the number of draws of mixed templates
     * @param promptsPerClass template prompts per class on which the heads were trained
     * @param steps the maximum number of training steps of a head
     * @param batchSize prompts per step
     * @param learningRate the learning rate of the heads
     * @param seed the seed of everything but the heads
     */
    public record Setting(
            String model,
            String fingerprint,
            List<String> classes,
            List<String> seenDomains,
            int seenImages,
            List<String> unseenDomains,
            int unseenImages,
            List<String> imageTypes,
            int shots,
            int supportDraws,
            int templateDraws,
            int promptsPerClass,
            int steps,
            int batchSize,
            double learningRate,
            long seed) {
        /** Makes the lists unmodifiable. */
        public Setting {
            classes = List.copyOf(classes);
            seenDomains = List.copyOf(seenDomains);
            unseenDomains = List.copyOf(unseenDomains);
            imageTypes = List.copyOf(imageTypes);
        }
    }

    /**
     * A head.
     *
     * @param seed the training seed
     * @param file its file
     * @param steps the number of training steps
     * @param loss the mean loss at the check that kept it
     * @param alphas its values of alpha, chosen on the seen domains
     */
    public record TrainedHead(long seed, String file, int steps, double loss, TaskAlphas alphas) {}

    /**
     * Returns the comparison by a metric.
     *
     * @return null if it was not computed
     */
    public Comparison of(QuickstartMetric measure) {
        return comparisons.stream()
                .filter(comparison -> comparison.measure() == measure)
                .findFirst()
                .orElse(null);
    }
}
