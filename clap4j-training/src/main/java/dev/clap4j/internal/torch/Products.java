package dev.clap4j.internal.torch;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * Products of row-major matrices. Those with few rows are computed in pieces small enough for OpenBLAS to multiply in
 * place: it first copies larger ones to its own layout, which takes as long as multiplying by few rows. Those with many
 * rows are computed in blocks of rows, which all processors share unless {@link OneThread} forbids it.
 *
 * <p>The pieces depend only on the shapes, and while a {@link OneThread} is open BLAS computes every piece on one
 * thread. So results do not depend on the number of threads, whichever kernels BLAS uses.
 */
public final class Products {
    /** The most multiply-adds that OpenBLAS computes without copying. */
    private static final long SMALL = 1_000_000;

    /** The least width of a piece that fills OpenBLAS's kernels. */
    private static final int NARROWEST = 32;

    static {
        Blas.choose();
    }

    private Products() {}

    /**
     * Returns {@code a b}.
     *
     * @param a {@code [m, k]}
     * @param b {@code [k, n]}
     * @return {@code [m, n]}, in the caller's scope
     */
    public static Tensor of(Tensor a, Tensor b) {
        Tensor result = torch.empty(a.size(0), b.size(1));
        Product product = new Product(Factor.of(a), Factor.of(b), (int) a.size(1), 0);
        FloatPointer to = result.data_ptr_float();
        int m = (int) a.size(0);
        int n = (int) b.size(1);
        int width = widest(m, (int) a.size(1), n);
        if (width == n) {
            RowBlocks.run(product, m, n, to);
        } else {
            for (int column = 0; column < n; column += width) {
                product.block(0, m, column, Math.min(width, n - column), to.position(column), n);
            }
        }
        return result;
    }

    /**
     * Returns {@code a bᵀ}.
     *
     * @param a {@code [m, k]}
     * @param b {@code [n, k]}
     * @return {@code [m, n]}, in the caller's scope
     */
    public static Tensor withTransposed(Tensor a, Tensor b) {
        if (RowBlocks.one(a.size(0))) {
            return a.mm(b.t());
        }
        return rows(a, b, torch.empty(a.size(0), b.size(0)), 0);
    }

    /**
     * Computes a linear layer, {@code x weightᵀ + bias}.
     *
     * @param x {@code [m, k]}
     * @param weight {@code [n, k]}
     * @param bias {@code [n]}, or null for none
     * @return {@code [m, n]}, in the caller's scope
     */
    public static Tensor linear(Tensor x, Tensor weight, Tensor bias) {
        if (RowBlocks.one(x.size(0))) {
            return torch.linear(x, weight, bias == null ? new TensorOptional() : new TensorOptional(bias));
        }
        if (bias == null) {
            return withTransposed(x, weight);
        }
        return rows(x, weight, torch.empty(x.size(0), weight.size(0)).copy_(bias), 1);
    }

    private static Tensor rows(Tensor a, Tensor b, Tensor result, float keep) {
        Product product = new Product(Factor.of(a), Factor.transposed(b), (int) a.size(1), keep);
        RowBlocks.run(product, (int) a.size(0), (int) b.size(0), result.data_ptr_float());
        return result;
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
    public static void ofTransposed(Tensor a, Tensor b, FloatPointer memory, Rows rows) {
        int k = (int) a.size(0);
        int m = (int) a.size(1);
        int n = (int) b.size(1);
        Product product = new Product(Factor.transposed(a), Factor.of(b), k, 0);
        int height = widest(n, k, m);
        if (height == m) {
            RowBlocks.run(product, m, n, memory);
            rows.accept(0, m);
        } else {
            for (int row = 0; row < m; row += height) {
                int count = Math.min(height, m - row);
                product.block(row, count, 0, n, memory, n);
                rows.accept(row, count);
            }
        }
    }

    /** Returns the width of a piece: the largest that is still small, or {@code n} if that would be too narrow. */
    private static int widest(int m, int k, int n) {
        long widest = SMALL / ((long) m * k) / NARROWEST * NARROWEST;
        return widest < NARROWEST ? n : (int) Math.min(n, widest);
    }
}
