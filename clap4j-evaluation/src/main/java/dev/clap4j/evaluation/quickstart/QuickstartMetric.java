package dev.clap4j.evaluation.quickstart;

import dev.clap4j.evaluation.Difference.Scale;

/** What CLIP and CLAP are compared in, the comparison in which style shows most first. */
public enum QuickstartMetric {
    /** A probe in each unseen domain, on that whole domain, as published. */
    FEW_SHOT_WHOLE("%d-shot probe, unseen domains, all images", true),
    /** The same without the labelled images. */
    FEW_SHOT_OTHERS("%d-shot probe, unseen domains, other images", true),
    /** A probe of one unseen domain on the other unseen ones. */
    FEW_SHOT_ACROSS("%d-shot probe, from one unseen domain to the others", true),
    /** Another template for every class. */
    MIXED_UNSEEN("zero-shot, mixed templates, unseen domains", true),
    /** The same where the model was trained. */
    MIXED_SEEN("zero-shot, mixed templates, seen domains", true),
    /** Of the unseen images' features. */
    VARIANCE_CLASS("image variance explained by class, %%", true),
    /** Of the unseen images' features. */
    VARIANCE_TYPE("image variance explained by image type, %%", false),
    /** One style for all classes: the mean over C, PC and CP. */
    ZERO_SHOT_UNSEEN("zero-shot, mean of C, PC, CP, unseen domains", true),
    /** The same where the model was trained. */
    ZERO_SHOT_SEEN("zero-shot, mean of C, PC, CP, seen domains", true),
    /** R, the range over C, PC and CP. */
    RANGE_UNSEEN("R, range over C, PC, CP, unseen domains", false),
    /** The same where the model was trained. */
    RANGE_SEEN("R, range over C, PC, CP, seen domains", false),
    /** δ, the deviation over C, PC and CP. */
    DEVIATION_UNSEEN("δ, deviation over C, PC, CP, unseen domains", false),
    /** The same where the model was trained. */
    DEVIATION_SEEN("δ, deviation over C, PC, CP, seen domains", false),
    /** What noise before the class name costs. */
    NOISE_DROP_UNSEEN("Δ(NC), loss by noisy prompts, unseen domains", false),
    /** The same where the model was trained. */
    NOISE_DROP_SEEN("Δ(NC), loss by noisy prompts, seen domains", false);

    private final String title;
    private final boolean higherIsBetter;

    QuickstartMetric(String title, boolean higherIsBetter) {
        this.title = title;
        this.higherIsBetter = higherIsBetter;
    }

    /**
     * What it is called.
     *
     * @param shots labelled images of each class
     */
    public String title(int shots) {
        return String.format(title, shots);
    }

    /** What it counts in. */
    Scale scale() {
        return higherIsBetter ? Scale.MORE : Scale.LESS;
    }

    /** Whether more of it is better. */
    public boolean higherIsBetter() {
        return higherIsBetter;
    }
}
