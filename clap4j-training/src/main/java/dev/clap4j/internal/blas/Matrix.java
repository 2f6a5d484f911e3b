package dev.clap4j.internal.blas;

import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.TensorData;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * A row-major matrix of 32-bit floats outside the heap, where BLAS reads and writes it in place. The garbage collector
 * frees it.
 *
 * <p>The JIT compiler vectorises loops over arrays only, so work on single elements is done on copies of rows.
 *
 * @param values {@code [rows, columns]}
 */
public record Matrix(int rows, int columns, FloatBuffer values) {
    /** The size of a cache line, at which vector instructions like their operands to begin. */
    private static final int ALIGNMENT = 64;

    /** Creates a matrix of zeros. */
    public static Matrix zeros(int rows, int columns) {
        int bytes = Math.toIntExact((long) rows * columns * DataType.F32.bytes());
        ByteBuffer memory = TensorData.allocate(bytes + 2L * ALIGNMENT)
                .alignedSlice(ALIGNMENT)
                .slice(0, bytes);
        return new Matrix(rows, columns, memory.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer());
    }

    /** Returns a view of a tensor of 32-bit floats; one of rank 1 is a single row. */
    public static Matrix view(TensorData tensor) {
        long[] shape = tensor.shape();
        int columns = (int) shape[shape.length - 1];
        return new Matrix(
                (int) (tensor.elements() / columns), columns, tensor.bytes().asFloatBuffer());
    }

    /** Copies a row into an array. */
    public void get(int row, float[] line) {
        values.get(row * columns, line);
    }

    /** Replaces a row. */
    public void put(int row, float[] line) {
        values.put(row * columns, line);
    }
}
