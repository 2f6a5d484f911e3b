package dev.clap4j.internal.nn;

/** Layers of feature maps {@code [b, c, h, w]} that several networks share. */
final class FeatureMap {
    private FeatureMap() {}

    /** Normalises the channels at each position. */
    static <T> T layerNorm(TensorOps<T> ops, Weights<T> w, T x, float epsilon) {
        T channelsLast = ops.transpose(x, 0, 2, 3, 1);
        return ops.transpose(ops.layerNorm(channelsLast, w.get("weight"), w.get("bias"), epsilon), 0, 3, 1, 2);
    }

    /** Returns the tokens {@code [b, h · w, c]}. */
    static <T> T tokens(TensorOps<T> ops, T x) {
        return ops.transpose(ops.reshape(x, 0, 0, -1), 0, 2, 1);
    }

    /** Returns the square map of tokens {@code [b, h · w, c]}. */
    static <T> T ofTokens(TensorOps<T> ops, T tokens, int side) {
        return ops.reshape(ops.transpose(tokens, 0, 2, 1), 0, 0, side, side);
    }

    /** Returns the mean of all positions, {@code [b, c]}. */
    static <T> T mean(TensorOps<T> ops, T x) {
        return ops.reshape(ops.mean(ops.reshape(x, 0, 0, -1), 2), 0, -1);
    }

    /** A convolution with a bias, as large as its input over the stride. */
    static <T> T conv(TensorOps<T> ops, Weights<T> w, T x, int kernel, int stride, int groups) {
        return ops.conv2d(x, w.get("weight"), w.get("bias"), stride, kernel / 2, groups);
    }

    /** Weighs each channel by a function of all channels' means (Hu et al. 2018). */
    static <T> T excited(TensorOps<T> ops, Weights<T> w, T x) {
        T mean = ops.reshape(FeatureMap.mean(ops, x), 0, 0, 1, 1);
        T hidden = ops.relu(conv(ops, w.under("fc1."), mean, 1, 1, 1));
        return ops.multiply(x, ops.sigmoid(conv(ops, w.under("fc2."), hidden, 1, 1, 1)));
    }

    static Shapes exciteShapes(int channels, int hidden) {
        return new Shapes()
                .with("fc1.weight", hidden, channels, 1, 1)
                .with("fc1.bias", hidden)
                .with("fc2.weight", channels, hidden, 1, 1)
                .with("fc2.bias", channels);
    }
}
