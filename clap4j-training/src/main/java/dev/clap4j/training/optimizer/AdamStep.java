package dev.clap4j.training.optimizer;

/**
 * One step of Adam for some parameters, in one loop that the compiler makes vector instructions of.
 *
 * @param newMean the share of the gradient in its running mean, {@code 1 - β1}
 * @param keepSquare the share of the old running mean of squares in the new one, {@code β2}
 * @param newSquare {@code 1 - β2}
 * @param length {@code η / (1 - β1^t)}
 * @param correction {@code 1 / √(1 - β2^t)}; both averages start at zero, and these undo the pull
 * @param epsilon ε
 */
record AdamStep(float newMean, float keepSquare, float newSquare, float length, float correction, float epsilon) {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final double EPSILON = 1e-8;

    /** The t-th step, with learning rate η. */
    static AdamStep of(int t, double learningRate) {
        return new AdamStep(
                (float) (1 - BETA1),
                (float) BETA2,
                (float) (1 - BETA2),
                (float) (learningRate / (1 - Math.pow(BETA1, t))),
                (float) (1 / Math.sqrt(1 - Math.pow(BETA2, t))),
                (float) EPSILON);
    }

    /** {@code m += (1 - β1)(g - m); v = β2 v + (1 - β2) g²; x -= η m̂ / (√v̂ + ε)} for the first so many values x. */
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
