package dev.clap4j.internal.torch;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import org.bytedeco.javacpp.FloatPointer;

/**
 * A product of matrices, of which any block can be computed.
 *
 * @param left {@code [m, terms]}
 * @param right {@code [terms, n]}
 * @param terms of each sum
 * @param keep by which what is there already is multiplied before the product is added
 */
record Product(Factor left, Factor right, int terms, float keep) {
    /** So many terms of a sum are added in one go, so that what is read for them stays in the processor's cache. */
    private static final int TERMS = 512;

    /**
     * Computes a block.
     *
     * @param to where it begins
     * @param stride from a row of it to the next
     */
    void block(int row, int rows, int column, int columns, FloatPointer to, int stride) {
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
