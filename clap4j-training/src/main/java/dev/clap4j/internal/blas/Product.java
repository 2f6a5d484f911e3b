package dev.clap4j.internal.blas;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import java.nio.FloatBuffer;

/**
 * A matrix product of which any block can be computed.
 *
 * @param left {@code [m, terms]}
 * @param right {@code [terms, n]}
 * @param terms the length of the inner dimension
 * @param keep the factor of existing values in the result (BLAS's beta)
 */
record Product(Factor left, Factor right, int terms, float keep) {
    /** The number of terms summed in one call, so that its operands stay in the processor's cache. */
    private static final int TERMS = 512;

    /** Computes some rows of the result, on the caller's thread. */
    void rows(int from, int to, Matrix result) {
        FloatBuffer values = result.values();
        int start = from * result.columns();
        block(from, to - from, 0, result.columns(), values.slice(start, values.capacity() - start), result.columns());
    }

    /**
     * Computes a block.
     *
     * @param to the start of the block in the result
     * @param stride the distance between two rows of the result
     */
    void block(int row, int rows, int column, int columns, FloatBuffer to, int stride) {
        for (int term = 0; term < terms; term += TERMS) {
            cblas_sgemm(
                    CblasRowMajor,
                    left.order(),
                    right.order(),
                    rows,
                    columns,
                    Math.min(TERMS, terms - term),
                    1,
                    left.at(row, term),
                    left.stride(),
                    right.at(term, column),
                    right.stride(),
                    term == 0 ? keep : 1,
                    to,
                    stride);
        }
    }
}
