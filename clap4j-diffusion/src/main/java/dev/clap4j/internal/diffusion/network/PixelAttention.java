package dev.clap4j.internal.diffusion.network;

import dev.clap4j.internal.nn.Shapes;
import dev.clap4j.internal.nn.TensorOps;
import dev.clap4j.internal.nn.Weights;

/**
 * Attention of all pixels of a feature map to each other, with a single head, as a residual.
 *
 * @param channels the number of channels
 * @param norm the normalisation before it
 */
record PixelAttention(int channels, GroupNorm norm) {
    /** Maps {@code [b, channels, h, w]} to the same shape. */
    <T> T forward(TensorOps<T> ops, Weights<T> w, T x) {
        T tokens = Layers.tokens(ops, norm.forward(ops, w, "group_norm", x), channels);
        T mixed = ops.attention(
                Layers.linear(ops, w, "to_q", tokens),
                Layers.linear(ops, w, "to_k", tokens),
                Layers.linear(ops, w, "to_v", tokens),
                1,
                false);
        return ops.add(x, Layers.images(ops, Layers.linear(ops, w, "to_out.0", mixed), x));
    }

    /** Returns the required tensors. */
    Shapes shapes() {
        return new Shapes()
                .withNorm("group_norm", channels)
                .withLinear("to_q", channels, channels)
                .withLinear("to_k", channels, channels)
                .withLinear("to_v", channels, channels)
                .withLinear("to_out.0", channels, channels);
    }
}
