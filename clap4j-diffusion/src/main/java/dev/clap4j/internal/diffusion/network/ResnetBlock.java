package dev.clap4j.internal.diffusion.network;

import dev.clap4j.internal.nn.Activation;
import dev.clap4j.internal.nn.Shapes;
import dev.clap4j.internal.nn.TensorOps;
import dev.clap4j.internal.nn.Weights;

/**
 * A residual block of two convolutions, between which the embedding of the time is added to each channel.
 *
 * @param in the number of channels before the block
 * @param out the number of channels after it
 * @param timeDim the dimension of the embedding of the time; 0 for none
 * @param norm the normalisation before each convolution
 * @param activation the non-linearity before each convolution
 */
record ResnetBlock(int in, int out, int timeDim, GroupNorm norm, Activation activation) {
    /**
     * Maps {@code [b, in, h, w]} to {@code [b, out, h, w]}.
     *
     * @param time the activated embedding of the time, {@code [b, timeDim]}; null for none
     */
    <T> T forward(TensorOps<T> ops, Weights<T> w, T x, T time) {
        T hidden = Layers.conv(ops, w, "conv1", activation.apply(ops, norm.forward(ops, w, "norm1", x)));
        if (timeDim > 0) {
            hidden = ops.add(hidden, ops.reshape(Layers.linear(ops, w, "time_emb_proj", time), 0, out, 1, 1));
        }
        T change = Layers.conv(ops, w, "conv2", activation.apply(ops, norm.forward(ops, w, "norm2", hidden)));
        return ops.add(in == out ? x : Layers.conv(ops, w, "conv_shortcut", x, 1, 0), change);
    }

    /** Returns the required tensors. */
    Shapes shapes() {
        Shapes shapes = new Shapes().withNorm("norm1", in).withConv("conv1", in, out, 3);
        if (timeDim > 0) {
            shapes.withLinear("time_emb_proj", timeDim, out);
        }
        shapes.withNorm("norm2", out).withConv("conv2", out, out, 3);
        return in == out ? shapes : shapes.withConv("conv_shortcut", in, out, 1);
    }
}
