package dev.clap4j.torch;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Products of row-major matrices. Those with few rows are computed in pieces that are small enough for OpenBLAS to multiply
 * them where they lie: larger ones it first copies to a layout of its own, which takes as long as multiplying by few rows.
 * The bits of a product do not depend on the number of threads.
 */
public final class Products {
    /** As many multiply-adds OpenBLAS calls small. */
    private static final long SMALL = 1_000_000;

    /** Narrower pieces do not fill its kernels. */
    private static final int NARROWEST = 32;

    /**
     * So many terms of a sum are added in one go. Of longer sums OpenBLAS adds other terms first when it has another number of
     * threads, and the last bits would depend on that.
     */
    private static final int TERMS = 512;

    static {
        Blas.choose();
    }

    private Products() {}

    /**
     * {@code a b}.
     *
     * @param a {@code [m, k]}
     * @param b {@code [k, n]}
     * @return {@code [m, n]}, of the caller's scope
     */
    public static Tensor of(Tensor a, Tensor b) {
        int m = (int) a.size(0);
        int k = (int) a.size(1);
        int n = (int) b.size(1);
        int width = widest(m, k, n);
        Tensor product = torch.empty(m, n);
        FloatPointer left = a.data_ptr_float();
        FloatPointer right = b.data_ptr_float();
        FloatPointer to = product.data_ptr_float();
        for (int column = 0; column < n; column += width) {
            int count = Math.min(width, n - column);
            to.position(column);
            for (int term = 0; term < k; term += TERMS) {
                left.position(term);
                right.position((long) term * n + column);
                int terms = Math.min(TERMS, k - term);
                float keep = term == 0 ? 0 : 1;
                cblas_sgemm(
                        CblasRowMajor, CblasNoTrans, CblasNoTrans, m, count, terms, 1, left, k, right, n, keep, to, n);
            }
        }
        return product;
    }

    /** Takes some rows of a product: the number of the first, and how many. */
    @FunctionalInterface
    public interface Rows {
        /** The rows are in the memory that was given for them. */
        void accept(int first, int count);
    }

    /**
     * {@code aᵀ b}, some rows at a time.
     *
     * @param a {@code [k, m]}
     * @param b {@code [k, n]}
     * @param memory where the rows are put, the first rows and those behind them in turn; room for all
     * @param rows told whenever some are there
     */
    public static void ofTransposed(Tensor a, Tensor b, FloatPointer memory, Rows rows) {
        int k = (int) a.size(0);
        int m = (int) a.size(1);
        int n = (int) b.size(1);
        int height = widest(n, k, m);
        FloatPointer left = a.data_ptr_float();
        FloatPointer right = b.data_ptr_float();
        for (int row = 0; row < m; row += height) {
            int count = Math.min(height, m - row);
            for (int term = 0; term < k; term += TERMS) {
                left.position((long) term * m + row);
                right.position((long) term * n);
                int terms = Math.min(TERMS, k - term);
                float keep = term == 0 ? 0 : 1;
                cblas_sgemm(
                        CblasRowMajor,
                        CblasTrans,
                        CblasNoTrans,
                        count,
                        n,
                        terms,
                        1,
                        left,
                        m,
                        right,
                        n,
                        keep,
                        memory,
                        n);
            }
            rows.accept(row, count);
        }
    }

    /** How much of the last extent a piece has: as much as keeps it small, or all where that is too little. */
    private static int widest(int m, int k, int n) {
        long widest = SMALL / ((long) m * k) / NARROWEST * NARROWEST;
        return widest < NARROWEST ? n : (int) Math.min(n, widest);
    }
}
