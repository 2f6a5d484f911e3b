package dev.clap4j.internal.diffusion.pipeline;

import dev.clap4j.internal.io.TensorData;
import java.nio.ByteBuffer;
import java.util.List;

/** Tensors whose first extent counts rows. */
final class Rows {
    private Rows() {}

    /** Returns the rows of tensors of the same type, one after the other. */
    static TensorData joined(List<TensorData> tensors) {
        if (tensors.size() == 1) {
            return tensors.get(0);
        }
        TensorData first = tensors.get(0);
        long[] shape = first.shape();
        shape[0] = tensors.stream().mapToLong(tensor -> tensor.shape()[0]).sum();
        ByteBuffer bytes = TensorData.allocate(
                tensors.stream().mapToLong(tensor -> tensor.bytes().capacity()).sum());
        tensors.forEach(tensor -> bytes.put(tensor.bytes()));
        return new TensorData(first.name(), first.type(), shape, bytes.flip());
    }

    /** Returns rows with the same values. */
    static TensorData repeated(String name, float[] row, int count, long... rowShape) {
        TensorData one = TensorData.of(name, row, withRows(1, rowShape));
        return count == 1 ? one : joined(List.of(one, one));
    }

    private static long[] withRows(int count, long[] rowShape) {
        long[] shape = new long[rowShape.length + 1];
        shape[0] = count;
        System.arraycopy(rowShape, 0, shape, 1, rowShape.length);
        return shape;
    }
}
