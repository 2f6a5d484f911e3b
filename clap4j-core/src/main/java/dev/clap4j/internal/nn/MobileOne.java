package dev.clap4j.internal.nn;

/**
 * A block whose branches are added: a convolution, a convolution of single pixels, and the input itself, each normalised
 * (Vasu et al. 2023, MobileOne). Branches that the authors merge after training are computed as published.
 *
 * @param in channels before
 * @param out channels after
 * @param kernel side of the kernel
 * @param stride the stride; with 1 and as many channels, the input is a branch
 * @param depthwise whether each channel is convolved by itself
 * @param convolved whether there is the first branch
 * @param scaled whether there is the second branch
 */
record MobileOne(int in, int out, int kernel, int stride, boolean depthwise, boolean convolved, boolean scaled) {
    <T> T forward(TensorOps<T> ops, Weights<T> w, T x) {
        T sum = null;
        if (isResidual()) {
            sum = ConvNorm.norm(ops, w.under("identity."), x);
        }
        if (scaled) {
            sum = plus(ops, sum, convolution(1).forward(ops, w.under("conv_scale."), x));
        }
        return convolved ? plus(ops, sum, convolution(kernel).forward(ops, w.under("conv_kxk.0."), x)) : sum;
    }

    private static <T> T plus(TensorOps<T> ops, T sum, T more) {
        return sum == null ? more : ops.add(sum, more);
    }

    private boolean isResidual() {
        return stride == 1 && in == out;
    }

    private ConvNorm convolution(int side) {
        return ConvNorm.same(in, out, side, stride, depthwise ? in : 1);
    }

    Shapes shapes() {
        Shapes shapes = new Shapes();
        if (isResidual()) {
            shapes.with("identity.", ConvNorm.normShapes(in));
        }
        if (scaled) {
            shapes.with("conv_scale.", convolution(1).shapes());
        }
        return convolved ? shapes.with("conv_kxk.0.", convolution(kernel).shapes()) : shapes;
    }
}
