package dev.clap4j.internal.objective;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Deviation of rows from mutual orthogonality, 0 to 1: the style diversity loss (Cho et al. 2023). */
public final class Orthogonality {
    private Orthogonality() {}

    /**
     * Returns the mean absolute cosine over all pairs of different rows.
     *
     * @param x {@code [n, d]}, n at least 2
     */
    public static Tensor ofAll(Tensor x) {
        long n = x.size(0);
        if (n < 2) {
            throw new IllegalArgumentException("One row is at no angle to another");
        }
        Tensor others = torch.ones(n, n).sub(torch.eye(n));
        return Cosine.matrix(x, x).abs().mul(others).sum().div(torch.tensor((float) (n * (n - 1))));
    }

    /**
     * Returns the mean absolute cosine between the last row and all earlier ones; 0 if there are none.
     *
     * @param x {@code [n, d]}
     */
    public static Tensor ofLast(Tensor x) {
        long n = x.size(0);
        if (n == 1) {
            return x.sum().mul(torch.zeros(1).squeeze());
        }
        return Cosine.matrix(x.narrow(0, n - 1, 1), x.narrow(0, 0, n - 1)).abs().mean();
    }
}
