package dev.clap4j.internal.objective;

import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.nn.TensorOps;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Cosine similarities between rows. */
public final class Cosine {
    /** The least norm by which rows are divided, so that a row of zeros has cosine 0 instead of NaN. */
    private static final double LEAST_NORM = 1e-12;

    private Cosine() {}

    /** Returns {@code [n, m]}, the cosine of every row of x {@code [n, d]} with every row of y {@code [m, d]}. */
    public static Tensor matrix(Tensor x, Tensor y) {
        return unit(x).matmul(unit(y).t());
    }

    /** Returns the rows {@code [n, d]} scaled to length 1; a row of zeros stays one. */
    public static <T> T unit(TensorOps<T> ops, T rows) {
        T least = ops.constant(TensorData.of("least", new float[] {(float) (LEAST_NORM * LEAST_NORM)}, 1));
        T squares = ops.sum(ops.multiply(rows, rows), 1);
        return ops.multiply(rows, ops.inverseRoot(ops.add(squares, least)));
    }

    /** Returns the rows scaled to length 1. */
    public static Tensor unit(Tensor x) {
        long[] lastDimension = {-1};
        Tensor norms = torch.norm(x, new ScalarOptional(new Scalar(2.0)), lastDimension, true);
        return x.div(norms.clamp_min(new Scalar(LEAST_NORM)));
    }
}
