package dev.clap4j.training;

import dev.clap4j.internal.nn.Activation;
import dev.clap4j.internal.nn.ResidualMlp;
import dev.clap4j.prompt.Augmentation;
import dev.clap4j.training.objective.ClapObjective;
import java.util.List;

/**
 * The two regimes of the published results, and which one own classes fall into.
 *
 * <p>The authors train differently on few classes (PACS 7, VLCS 5) and on many (OfficeHome 65, DomainNet 345): with many,
 * a batch already has hard negatives, so the temperature is lower, noise is left out and class names hardly weigh in.
 * Nothing is published between 7 and 65; the border is drawn at 20, about the middle on a logarithmic scale.
 *
 * <p>The published batch holds somewhat more prompts than there are classes (8 for 5 and 7, 96 for 65, 384 for 345).
 * Own classes get the next multiple of 8 where they are few, and a quarter more than their number, up to the next
 * multiple of 32 and at most 384, where they are many: on the four benchmarks that gives the published numbers. The
 * latent dimension is half of the features' where classes are few, as for PACS, else seven eighths, as for OfficeHome.
 * The suggested α is 0.1, about the geometric mean of the published ones, which lie between 0.03 and 0.208.
 */
public enum Defaults {
    /** Up to 20 classes. */
    FEW(0.5, 1, true),
    /** More than that. */
    MANY(0.3, 1e-4, false);

    private static final int FEW_CLASSES = 20;
    private static final int LARGEST_BATCH = 384;
    private static final float ALPHA = 0.1f;

    private final double textTemperature;
    private final double contentWeight;
    private final boolean noise;

    Defaults(double textTemperature, double contentWeight, boolean noise) {
        this.textTemperature = textTemperature;
        this.contentWeight = contentWeight;
        this.noise = noise;
    }

    /**
     * The options for own classes, with seed 0.
     *
     * @param embedDim the dimension D of the model's features
     */
    public static ClapOptions forClasses(List<String> classes, int embedDim) {
        int n = classes.size();
        return n <= FEW_CLASSES
                ? FEW.options(classes, embedDim, part(embedDim, 0.5), nextMultiple(n, 8), ALPHA)
                : MANY.options(classes, embedDim, part(embedDim, 0.875), largeBatch(n), ALPHA);
    }

    private static int largeBatch(int classes) {
        return Math.min(LARGEST_BATCH, nextMultiple((int) Math.ceil(classes * 1.25), 32));
    }

    private static int nextMultiple(int n, int of) {
        return Math.max(1, (n + of - 1) / of) * of;
    }

    /** A part of a dimension, as a multiple of 8. */
    static int part(int dim, double fraction) {
        return Math.max(1, (int) Math.round(dim * fraction / 8)) * 8;
    }

    ClapOptions options(List<String> classes, int embedDim, int latentDim, int batchSize, float alpha) {
        return new ClapOptions(
                classes,
                new ResidualMlp(embedDim, latentDim, embedDim, 0, Activation.SILU),
                ClapObjective.official(textTemperature, 1, contentWeight),
                Augmentation.OFFICIAL,
                noise ? ContextNoise.OFFICIAL : ContextNoise.NONE,
                batchSize,
                1e-4,
                Schedule.OFFICIAL,
                alpha,
                0);
    }
}
