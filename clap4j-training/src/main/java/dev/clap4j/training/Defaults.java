package dev.clap4j.training;

import dev.clap4j.prompt.Augmentation;
import dev.clap4j.training.objective.ClapObjective;
import java.util.List;
import java.util.Objects;

/**
 * The two training regimes of the published results, and the choice between them for other classes.
 *
 * <p>The authors train differently for few classes (PACS 7, VLCS 5) and for many (OfficeHome 65, DomainNet 345). With
 * many classes a batch already contains hard negatives, so the temperature is lower, noise is disabled, and the class
 * names' loss has a tiny weight. There are no published results between 7 and 65 classes; the boundary is 20, about the
 * middle on a logarithmic scale.
 *
 * <p>The published batches are slightly larger than the number of classes (8 for 5 and 7, 96 for 65, 384 for 345). Few
 * classes get the next multiple of 8. Many classes get 1.25 times their number, rounded up to a multiple of 32, and at
 * most 384. This reproduces the published batch sizes of all four benchmarks. The latent dimension is half the feature
 * dimension for few classes, as for PACS, and seven eighths for many, as for OfficeHome. The recommended α is 0.1,
 * about the geometric mean of the published values, which lie between 0.03 and 0.208.
 */
public enum Defaults {
    /** The regime for up to 20 classes. */
    FEW(0.5, 1, true),
    /** The regime for more than 20 classes. */
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
     * Returns the options for the given classes, with seed 0.
     *
     * @param embedDim the dimension D of the model's features
     */
    public static ClapOptions forClasses(List<String> classes, int embedDim) {
        int n = Objects.requireNonNull(classes, "classes").size();
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

    /** Returns a fraction of a dimension, rounded to a multiple of 8. */
    static int part(int dim, double fraction) {
        return Math.max(1, (int) Math.round(dim * fraction / 8)) * 8;
    }

    ClapOptions options(List<String> classes, int embedDim, int latentDim, int batchSize, float alpha) {
        return new ClapOptions(
                classes,
                HeadNetwork.of(embedDim, latentDim),
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
