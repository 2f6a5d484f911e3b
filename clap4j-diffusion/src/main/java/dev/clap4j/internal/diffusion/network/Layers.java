package dev.clap4j.internal.diffusion.network;

import dev.clap4j.internal.nn.TensorOps;
import dev.clap4j.internal.nn.Weights;

/** Layers by the names of their weights. */
final class Layers {
    private Layers() {}

    /** Convolves images {@code [b, in, h, w]} with {@code NAME.weight} and {@code NAME.bias}. */
    static <T> T conv(TensorOps<T> ops, Weights<T> w, String name, T x, int stride, int padding) {
        return ops.conv2d(x, w.get(name + ".weight"), w.get(name + ".bias"), stride, padding, 1);
    }

    /** Convolves with squares of 3 × 3 pixels, and keeps height and width. */
    static <T> T conv(TensorOps<T> ops, Weights<T> w, String name, T x) {
        return conv(ops, w, name, x, 1, 1);
    }

    /** Maps {@code [..., in]} to {@code [..., out]} with {@code NAME.weight} and {@code NAME.bias}. */
    static <T> T linear(TensorOps<T> ops, Weights<T> w, String name, T x) {
        return ops.linear(x, w.get(name + ".weight"), w.get(name + ".bias"));
    }

    /** Maps with {@code NAME.weight} alone. */
    static <T> T unbiased(TensorOps<T> ops, Weights<T> w, String name, T x) {
        return ops.linear(x, w.get(name + ".weight"), null);
    }

    /** Returns the pixels of images {@code [b, c, h, w]} as tokens {@code [b, h * w, c]}. */
    static <T> T tokens(TensorOps<T> ops, T images, int channels) {
        return ops.transpose(ops.reshape(images, 0, channels, -1), 0, 2, 1);
    }

    /** Returns tokens as the pixels of images, of the extents of {@code like}. */
    static <T> T images(TensorOps<T> ops, T tokens, T like) {
        return ops.reshapeLike(ops.transpose(tokens, 0, 2, 1), like);
    }
}
