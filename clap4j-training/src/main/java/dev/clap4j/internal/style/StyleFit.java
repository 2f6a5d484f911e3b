package dev.clap4j.internal.style;

import java.util.Arrays;
import java.util.List;

/** Trains one style by gradient descent with momentum. */
final class StyleFit {
    private static final float LEARNING_RATE = 0.002f;
    private static final float MOMENTUM = 0.9f;

    private final StyleObjective objective;
    private final List<float[]> earlier;
    private final int width;
    private final float[] style;
    private final float[] velocity;

    /**
     * Creates a fit before its first step.
     *
     * @param earlier the earlier styles, from which this one should differ
     * @param initial the initial vectors
     */
    StyleFit(StyleObjective objective, List<LearnedStyle> earlier, float[][] initial) {
        this.objective = objective;
        this.earlier = earlier.stream().map(LearnedStyle::feature).toList();
        this.width = initial[0].length;
        this.style = new float[initial.length * width];
        for (int i = 0; i < initial.length; i++) {
            System.arraycopy(initial[i], 0, style, i * width, width);
        }
        this.velocity = new float[style.length];
    }

    /** Makes one step and returns the loss before it. */
    double step() {
        StyleObjective.Point point = objective.at(style, earlier);
        for (int i = 0; i < style.length; i++) {
            velocity[i] = velocity[i] * MOMENTUM + point.gradient()[i];
            style[i] -= velocity[i] * LEARNING_RATE;
        }
        return point.loss();
    }

    /** Returns the learned style. */
    LearnedStyle style() {
        float[][] vectors = new float[style.length / width][];
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = Arrays.copyOfRange(style, i * width, (i + 1) * width);
        }
        return new LearnedStyle(vectors, objective.at(style, earlier).feature());
    }
}
