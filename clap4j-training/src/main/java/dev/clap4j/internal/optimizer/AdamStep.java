package dev.clap4j.internal.optimizer;

/**
 * The constants of one Adam step, applied in one loop that the JIT compiler can vectorise.
 *
 * @param newMean the weight of the gradient in the running mean, {@code 1 - β1}
 * @param keepSquare the weight of the old running mean of squares, {@code β2}
 * @param newSquare {@code 1 - β2}
 * @param length {@code η / (1 - β1^t)}
 * @param correction {@code 1 / √(1 - β2^t)}; both corrections remove the bias of moments that start at zero
 * @param epsilon ε
 */
record AdamStep(float newMean, float keepSquare, float newSquare, float length, float correction, float epsilon) {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final double EPSILON = 1e-8;

    /** Returns step t with learning rate η. */
    static AdamStep of(int t, double learningRate) {
        return new AdamStep(
                (float) (1 - BETA1),
                (float) BETA2,
                (float) (1 - BETA2),
                (float) (learningRate / (1 - Math.pow(BETA1, t))),
                (float) (1 / Math.sqrt(1 - Math.pow(BETA2, t))),
                (float) EPSILON);
    }

    /**
     * Applies {@code m += (1 - β1)(g - m); v = β2 v + (1 - β2) g²; x -= η m̂ / (√v̂ + ε)} to the first {@code count}
     * values x.
     */
    void apply(float[] values, float[] gradient, float[] means, float[] squares, int count) {
        apply(values, gradient, means, squares, count, newMean, keepSquare, newSquare, length, correction, epsilon);
    }

    private static void apply(
            float[] values,
            float[] gradient,
            float[] means,
            float[] squares,
            int count,
            float newMean,
            float keepSquare,
            float newSquare,
            float length,
            float correction,
            float epsilon) {
        for (int i = 0; i < count; i++) {
            float g = gradient[i];
            float mean = means[i] + newMean * (g - means[i]);
            float square = keepSquare * squares[i] + newSquare * g * g;
            means[i] = mean;
            squares[i] = square;
            values[i] -= length * mean / ((float) Math.sqrt(square) * correction + epsilon);
        }
    }
}
