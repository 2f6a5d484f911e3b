package dev.clap4j.internal.diffusion.network;

import dev.clap4j.internal.nn.TensorOps;
import dev.clap4j.internal.nn.Weights;

/**
 * Group normalisation of images.
 *
 * @param groups the number of groups of channels
 * @param epsilon added to the variance
 */
public record GroupNorm(int groups, float epsilon) {
    /** Normalises {@code [b, c, h, w]} with {@code NAME.weight} and {@code NAME.bias}. */
    <T> T forward(TensorOps<T> ops, Weights<T> w, String name, T x) {
        return ops.groupNorm(x, w.get(name + ".weight"), w.get(name + ".bias"), groups, epsilon);
    }
}
