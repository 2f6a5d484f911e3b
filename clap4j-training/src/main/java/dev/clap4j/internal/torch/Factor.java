package dev.clap4j.internal.torch;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;

/**
 * A matrix as it lies in memory, line after line. That memory belongs to a tensor of the caller's scope.
 *
 * @param values its start
 * @param stride the values of a line
 * @param transposed whether lines are columns
 */
record Factor(FloatPointer values, int stride, boolean transposed) {
    /** A matrix. */
    static Factor of(Tensor matrix) {
        return of(matrix, false);
    }

    /** A matrix read as its transpose. */
    static Factor transposed(Tensor matrix) {
        return of(matrix, true);
    }

    private static Factor of(Tensor matrix, boolean transposed) {
        return new Factor(matrix.contiguous().data_ptr_float(), (int) matrix.size(1), transposed);
    }

    /** Where an element is. */
    FloatPointer at(int row, int column) {
        long offset = transposed ? (long) column * stride + row : (long) row * stride + column;
        return new FloatPointer(values).position(offset);
    }

    /** As BLAS calls it. */
    int order() {
        return transposed ? CblasTrans : CblasNoTrans;
    }
}
