package dev.clap4j.evaluation.quickstart;

import dev.clap4j.evaluation.Difference.Scale;

/** The metrics that compare CLIP and CLAP, those most sensitive to style first. */
public enum QuickstartMetric {
    /** The accuracy of a probe in each unseen domain on the whole domain, as in the paper. */
    FEW_SHOT_WHOLE("%d-shot probe, unseen domains, all images", true),
    /** The same without the labelled images. */
    FEW_SHOT_OTHERS("%d-shot probe, unseen domains, other images", true),
    /** The accuracy of a probe from one unseen domain on the other unseen ones. */
    FEW_SHOT_ACROSS("%d-shot probe, from one unseen domain to the others", true),
    /** Zero-shot accuracy with a different template for every class. */
    MIXED_UNSEEN("zero-shot, mixed templates, unseen domains", true),
    /** The same on seen domains. */
    MIXED_SEEN("zero-shot, mixed templates, seen domains", true),
    /** The proportion of the variance of the unseen images' features that is explained by class. */
    VARIANCE_CLASS("image variance explained by class, %%", true),
    /** The proportion of the variance of the unseen images' features that is explained by image type. */
    VARIANCE_TYPE("image variance explained by image type, %%", false),
    /** Zero-shot accuracy with one style for all classes: the mean over C, PC and CP. */
    ZERO_SHOT_UNSEEN("zero-shot, mean of C, PC, CP, unseen domains", true),
    /** The same on seen domains. */
    ZERO_SHOT_SEEN("zero-shot, mean of C, PC, CP, seen domains", true),
    /** R, the range over C, PC and CP. */
    RANGE_UNSEEN("R, range over C, PC, CP, unseen domains", false),
    /** The same on seen domains. */
    RANGE_SEEN("R, range over C, PC, CP, seen domains", false),
    /** The standard deviation over C, PC and CP. */
    DEVIATION_UNSEEN("δ, deviation over C, PC, CP, unseen domains", false),
    /** The same on seen domains. */
    DEVIATION_SEEN("δ, deviation over C, PC, CP, seen domains", false),
    /** The loss of accuracy by noise before the class name. */
    NOISE_DROP_UNSEEN("Δ(NC), loss by noisy prompts, unseen domains", false),
    /** The same on seen domains. */
    NOISE_DROP_SEEN("Δ(NC), loss by noisy prompts, seen domains", false);

    private final String title;
    private final boolean higherIsBetter;

    QuickstartMetric(String title, boolean higherIsBetter) {
        this.title = title;
        this.higherIsBetter = higherIsBetter;
    }

    /**
     * Returns the title.
     *
     * @param shots labelled images per class
     */
    public String title(int shots) {
        return String.format(title, shots);
    }

    /** Returns the scale. */
    Scale scale() {
        return higherIsBetter ? Scale.MORE : Scale.LESS;
    }

    /** Returns whether higher is better. */
    public boolean higherIsBetter() {
        return higherIsBetter;
    }
}
