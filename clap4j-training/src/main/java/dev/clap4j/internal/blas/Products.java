package dev.clap4j.internal.blas;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_dgemm;

import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;

/**
 * Products of row-major matrices. Those with few rows are computed in pieces small enough for OpenBLAS to multiply in
 * place: it first copies larger ones to its own layout, which takes as long as multiplying by few rows. Those with many
 * rows are computed in {@link RowBlocks}.
 *
 * <p>The pieces depend only on the shapes, and BLAS computes every piece on one thread. So results do not depend on the
 * number of threads, whichever kernels BLAS uses.
 */
public final class Products {
    /** The most multiply-adds that OpenBLAS computes without copying. */
    private static final long SMALL = 1_000_000;

    /** The least width of a piece that fills OpenBLAS's kernels. */
    private static final int NARROWEST = 32;

    static {
        BlasLibraries.loadBlas();
    }

    private Products() {}

    /**
     * Computes {@code a b}.
     *
     * @param a {@code [m, k]}
     * @param b {@code [k, n]}
     * @param to receives the product, {@code [m, n]}
     */
    public static void of(Matrix a, Matrix b, Matrix to) {
        Product product = new Product(Factor.of(a), Factor.of(b), a.columns(), 0);
        int m = a.rows();
        int n = b.columns();
        int width = widest(m, a.columns(), n);
        if (width == n) {
            rows(product, to);
            return;
        }
        for (int column = 0; column < n; column += width) {
            FloatBuffer start = to.values().slice(column, to.values().capacity() - column);
            product.block(0, m, column, Math.min(width, n - column), start, n);
        }
    }

    /**
     * Computes {@code a bᵀ}.
     *
     * @param a {@code [m, k]}
     * @param b {@code [n, k]}
     * @param to receives the product, {@code [m, n]}
     */
    public static void withTransposed(Matrix a, Matrix b, Matrix to) {
        rows(new Product(Factor.of(a), Factor.transposed(b), a.columns(), 0), to);
    }

    /**
     * Computes a linear layer, {@code x weightᵀ + bias}.
     *
     * @param x {@code [m, k]}
     * @param weight {@code [n, k]}
     * @param bias {@code [1, n]}
     * @param to receives the result, {@code [m, n]}
     */
    public static void linear(Matrix x, Matrix weight, Matrix bias, Matrix to) {
        for (int row = 0; row < to.rows(); row++) {
            to.values().put(row * to.columns(), bias.values(), 0, to.columns());
        }
        rows(new Product(Factor.of(x), Factor.transposed(weight), x.columns(), 1), to);
    }

    private static void rows(Product product, Matrix result) {
        RowBlocks.run(result.rows(), (from, to) -> product.rows(from, to, result));
    }

    /** Receives finished rows of a product. */
    @FunctionalInterface
    public interface Rows {
        /** Processes {@code count} rows, from {@code first} on, that have been written to the memory. */
        void accept(int first, int count);
    }

    /**
     * Computes {@code aᵀ b}, some rows at a time.
     *
     * @param a {@code [k, m]}
     * @param b {@code [k, n]}
     * @param memory the memory for the rows, which are written in order and reuse it from its start; room for all
     * @param rows called for each group of rows
     */
    public static void ofTransposed(Matrix a, Matrix b, FloatBuffer memory, Rows rows) {
        int k = a.rows();
        int m = a.columns();
        int n = b.columns();
        Product product = new Product(Factor.transposed(a), Factor.of(b), k, 0);
        int height = widest(n, k, m);
        if (height == m) {
            rows(product, new Matrix(m, n, memory));
            rows.accept(0, m);
            return;
        }
        for (int row = 0; row < m; row += height) {
            int count = Math.min(height, m - row);
            product.block(row, count, 0, n, memory, n);
            rows.accept(row, count);
        }
    }

    /** Returns the width of a piece: the largest that is still small, or {@code n} if that would be too narrow. */
    private static int widest(int m, int k, int n) {
        long widest = SMALL / ((long) m * k) / NARROWEST * NARROWEST;
        return widest < NARROWEST ? n : (int) Math.min(n, widest);
    }

    /**
     * Computes {@code a b}, or {@code aᵀ b}, in double precision.
     *
     * @param transposed whether {@code a} is stored as its transpose
     * @param a {@code [m, k]}, or {@code [k, m]} if transposed
     * @param b {@code [k, n]}
     * @param to receives the product, {@code [m, n]}
     */
    public static void ofDoubles(
            boolean transposed, DoubleBuffer a, DoubleBuffer b, DoubleBuffer to, int m, int k, int n) {
        int order = transposed ? CblasTrans : CblasNoTrans;
        cblas_dgemm(CblasRowMajor, order, CblasNoTrans, m, n, k, 1, a, transposed ? m : k, b, n, 0, to, n);
    }
}
