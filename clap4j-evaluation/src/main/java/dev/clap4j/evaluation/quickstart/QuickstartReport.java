package dev.clap4j.evaluation.quickstart;

import java.util.List;

/**
 * The results of an experiment.
 *
 * @param setting the settings of the run
 * @param comparisons one for each {@link QuickstartMetric} that could be taken, in their order
 * @param heads the heads that were trained
 * @param domains details, seen domains first
 * @param samples unseen images drawn at random, those of a domain together
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
     * @param classes the class names, all that heads were trained on
     * @param seenDomains the domains the model was trained on
     * @param seenImages how many images of them were used
     * @param unseenDomains the others
     * @param unseenImages how many images of them were used
     * @param imageTypes kinds of picture among the unseen images
     * @param shots labelled images of each class for the probe
     * @param supportDraws how often these were drawn
     * @param templateDraws draws of mixed templates
     * @param promptsPerClass template prompts of each class that heads were trained on
     * @param steps training steps of a head at most
     * @param batchSize prompts in a step
     * @param learningRate of the heads
     * @param seed of everything but the heads
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
     * @param steps steps made
     * @param loss the mean loss at the check that kept it
     * @param alphas its values of α, chosen on the seen domains
     */
    public record TrainedHead(long seed, String file, int steps, double loss, TaskAlphas alphas) {}

    /**
     * The comparison in a measure.
     *
     * @return null if that was not taken
     */
    public Comparison of(QuickstartMetric measure) {
        return comparisons.stream()
                .filter(comparison -> comparison.measure() == measure)
                .findFirst()
                .orElse(null);
    }
}
