package dev.clap4j.internal.blas;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;

import java.nio.FloatBuffer;

/**
 * A factor of a product: a matrix, possibly read as its transpose.
 *
 * @param transposed whether the matrix's rows are columns of this factor
 */
record Factor(Matrix matrix, boolean transposed) {
    static Factor of(Matrix matrix) {
        return new Factor(matrix, false);
    }

    static Factor transposed(Matrix matrix) {
        return new Factor(matrix, true);
    }

    /** Returns the values from an element on. */
    FloatBuffer at(int row, int column) {
        int offset = transposed ? column * stride() + row : row * stride() + column;
        return matrix.values().slice(offset, matrix.values().capacity() - offset);
    }

    /** Returns the number of values in a stored row. */
    int stride() {
        return matrix.columns();
    }

    /** Returns BLAS's constant for whether to transpose. */
    int order() {
        return transposed ? CblasTrans : CblasNoTrans;
    }
}
