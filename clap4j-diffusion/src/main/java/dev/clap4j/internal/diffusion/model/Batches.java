package dev.clap4j.internal.diffusion.model;

import dev.clap4j.internal.io.TensorData;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;

/** Batches of F32 tensors, taken apart and put together along a dimension. */
final class Batches {
    private Batches() {}

    /**
     * Maps batches in parts, as each row may need much memory.
     *
     * @param most the number of rows of a part
     * @param batches tensors with the same number of rows
     * @return the results of all parts, in order
     */
    static TensorData map(int most, Function<TensorData[], TensorData> network, TensorData... batches) {
        long rows = batches[0].shape()[0];
        List<TensorData> results = new ArrayList<>();
        for (long first = 0; first < rows; first += most) {
            long from = first;
            long count = Math.min(most, rows - first);
            TensorData[] part =
                    Arrays.stream(batches).map(batch -> batch.rows(from, count)).toArray(TensorData[]::new);
            results.add(network.apply(part));
        }
        return results.size() == 1 ? results.get(0) : concat(results);
    }

    /** Returns the rows, each a batch of one. */
    static List<TensorData> rows(TensorData batch) {
        return LongStream.range(0, batch.shape()[0])
                .mapToObj(row -> batch.rows(row, 1))
                .toList();
    }

    /** Puts batches with equal rows one after the other. */
    static TensorData concat(List<TensorData> parts) {
        TensorData first = parts.get(0);
        long[] shape = first.shape();
        shape[0] = parts.stream().mapToLong(part -> part.shape()[0]).sum();
        ByteBuffer bytes = TensorData.allocate(
                parts.stream().mapToLong(part -> part.bytes().remaining()).sum());
        parts.forEach(part -> bytes.put(part.bytes()));
        return new TensorData(first.name(), first.type(), shape, bytes.flip());
    }

    /**
     * Returns a range of the second dimension.
     *
     * @param x {@code [b, n, ...]}
     */
    static TensorData slice(TensorData x, long first, long count) {
        long[] shape = x.shape();
        int unit = Math.toIntExact(x.bytes().remaining() / (shape[0] * shape[1]));
        ByteBuffer bytes = TensorData.allocate(shape[0] * count * unit);
        for (long row = 0; row < shape[0]; row++) {
            bytes.put(x.bytes().slice(Math.toIntExact((row * shape[1] + first) * unit), Math.toIntExact(count * unit)));
        }
        shape[1] = count;
        return new TensorData(x.name(), x.type(), shape, bytes.flip());
    }

    /**
     * Puts tensors side by side.
     *
     * @param a {@code [..., m]}
     * @param b {@code [..., n]}, with the same extents before
     * @return {@code [..., m + n]}
     */
    static TensorData sideBySide(TensorData a, TensorData b) {
        int last = a.shape().length - 1;
        int left = Math.toIntExact(a.shape()[last] * a.type().bytes());
        int right = Math.toIntExact(b.shape()[last] * b.type().bytes());
        int rows = a.bytes().remaining() / left;
        ByteBuffer bytes = TensorData.allocate((long) rows * (left + right));
        for (int row = 0; row < rows; row++) {
            bytes.put(a.bytes().slice(row * left, left)).put(b.bytes().slice(row * right, right));
        }
        long[] shape = a.shape();
        shape[last] += b.shape()[last];
        return new TensorData(a.name(), a.type(), shape, bytes.flip());
    }
}
