package dev.clap4j.internal.objective;

import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.nn.TensorOps;

/** Cosine similarities between rows. */
public final class Cosine {
    /** The least norm by which rows are divided, so that a row of zeros has cosine 0 instead of NaN. */
    private static final double LEAST_NORM = 1e-12;

    private Cosine() {}

    /** Returns the rows {@code [n, d]} scaled to length 1; a row of zeros stays one. */
    public static <T> T unit(TensorOps<T> ops, T rows) {
        T least = ops.constant(TensorData.of("least", new float[] {(float) (LEAST_NORM * LEAST_NORM)}, 1));
        T squares = ops.sum(ops.multiply(rows, rows), 1);
        return ops.multiply(rows, ops.inverseRoot(ops.add(squares, least)));
    }
}
