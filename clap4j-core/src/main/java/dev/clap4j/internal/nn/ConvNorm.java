package dev.clap4j.internal.nn;

/**
 * A convolution and a batch normalisation.
 *
 * @param in channels before
 * @param out channels after
 * @param kernel side of the kernel
 * @param stride the stride
 * @param padding zeros around the input
 * @param groups the number of parts of the channels that are convolved separately
 */
record ConvNorm(int in, int out, int kernel, int stride, int padding, int groups) {
    private static final float EPSILON = 1e-5f;

    /** Creates one whose output is as large as its input over the stride. */
    static ConvNorm same(int in, int out, int kernel, int stride, int groups) {
        return new ConvNorm(in, out, kernel, stride, kernel / 2, groups);
    }

    <T> T forward(TensorOps<T> ops, Weights<T> w, T x) {
        return norm(ops, w.under("bn."), ops.conv2d(x, w.get("conv.weight"), null, stride, padding, groups));
    }

    Shapes shapes() {
        return new Shapes()
                .with("conv.weight", out, in / groups, kernel, kernel)
                .with("bn.", normShapes(out));
    }

    /** Batch normalisation alone. */
    static <T> T norm(TensorOps<T> ops, Weights<T> w, T x) {
        return ops.batchNorm(x, w.get("weight"), w.get("bias"), w.get("running_mean"), w.get("running_var"), EPSILON);
    }

    static Shapes normShapes(int channels) {
        return new Shapes()
                .with("weight", channels)
                .with("bias", channels)
                .with("running_mean", channels)
                .with("running_var", channels);
    }
}
