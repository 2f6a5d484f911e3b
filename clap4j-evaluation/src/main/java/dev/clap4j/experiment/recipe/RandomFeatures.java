package dev.clap4j.experiment.recipe;

import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.clip.ContextText;
import dev.clap4j.internal.clip.PromptEncoder;
import dev.clap4j.internal.run.Steps;
import dev.clap4j.internal.run.Streams;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Random features without an encoder, for timing what follows it. */
public final class RandomFeatures implements PromptEncoder {
    /** The table of random numbers that rows are copied from. */
    private static final int TABLE = 1 << 16;

    private final int dim;
    private final int contextWidth;
    private final RandomGenerator random = new Streams(0).get("trial", 0);
    private final float[] table = new float[TABLE];

    /**
     * Creates an encoder of the given geometry.
     *
     * @param dim the dimension D of its features
     * @param contextWidth the width of its token embeddings
     */
    public RandomFeatures(int dim, int contextWidth) {
        this.dim = dim;
        this.contextWidth = contextWidth;
        for (int i = 0; i < TABLE; i++) {
            table[i] = (float) random.nextGaussian();
        }
    }

    /** Returns random rows. */
    public FeatureMatrix rows(int count) {
        float[] values = new float[count * dim];
        for (int row = 0; row < count; row++) {
            System.arraycopy(table, random.nextInt(TABLE - dim), values, row * dim, dim);
        }
        return new FeatureMatrix(
                IntStream.range(0, count).mapToObj(String::valueOf).toList(), dim, values);
    }

    @Override
    public int embedDim() {
        return dim;
    }

    @Override
    public int contextWidth() {
        return contextWidth;
    }

    @Override
    public FeatureMatrix encode(List<String> texts, Steps steps) {
        return rows(texts.size());
    }

    @Override
    public FeatureMatrix encodeWithContext(List<ContextText> texts, Steps steps) {
        return rows(texts.size());
    }
}
