package dev.clap4j.internal.torch;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;

/**
 * A row-major matrix in memory that belongs to a tensor of the caller's scope, possibly read as its transpose.
 *
 * @param values the first element
 * @param stride the number of values in a stored row
 * @param transposed whether stored rows are columns of this matrix
 */
record Factor(FloatPointer values, int stride, boolean transposed) {
    /** Returns a view of a matrix. */
    static Factor of(Tensor matrix) {
        return of(matrix, false);
    }

    /** Returns a view of a matrix's transpose. */
    static Factor transposed(Tensor matrix) {
        return of(matrix, true);
    }

    private static Factor of(Tensor matrix, boolean transposed) {
        return new Factor(matrix.contiguous().data_ptr_float(), (int) matrix.size(1), transposed);
    }

    /** Returns a pointer to an element. */
    FloatPointer at(int row, int column) {
        long offset = transposed ? (long) column * stride + row : (long) row * stride + column;
        return new FloatPointer(values).position(offset);
    }

    /** Returns BLAS's constant for whether to transpose. */
    int order() {
        return transposed ? CblasTrans : CblasNoTrans;
    }
}
