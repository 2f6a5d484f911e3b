package dev.clap4j.internal.objective;

import dev.clap4j.internal.nn.TensorOps;

/** Deviation of rows from orthogonality: the style diversity loss (Cho et al. 2023). */
public final class Orthogonality {
    private Orthogonality() {}

    /**
     * Returns the weighted sum of the absolute cosines of all rows of x {@code [n, d]} with all rows of y {@code [m, d]}.
     *
     * @param shares the weights, {@code [n, m]}, or {@code [1]} for all
     * @return {@code [1]}
     */
    public static <T> T of(TensorOps<T> ops, T x, T y, T shares) {
        T cosines = ops.linear(Cosine.unit(ops, x), Cosine.unit(ops, y), null);
        T absolute = ops.multiply(cosines, ops.sign(cosines));
        return ops.sum(ops.reshape(ops.multiply(absolute, shares), -1), 0);
    }
}
