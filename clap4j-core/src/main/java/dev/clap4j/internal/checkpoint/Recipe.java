package dev.clap4j.internal.checkpoint;

import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TensorFile;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A recipe for making a tensor from those that a layout stores.
 *
 * @param kind the operation
 * @param sources the names of the stored tensors
 */
record Recipe(Kind kind, List<String> sources) {
    enum Kind {
        /** The stored tensor itself. */
        SAME,
        /** A matrix stored as its transpose. */
        TRANSPOSED,
        /** Several tensors concatenated along the first dimension. */
        STACKED
    }

    static Recipe same(String source) {
        return new Recipe(Kind.SAME, List.of(source));
    }

    static Recipe transposed(String source) {
        return new Recipe(Kind.TRANSPOSED, List.of(source));
    }

    static Recipe stacked(List<String> sources) {
        return new Recipe(Kind.STACKED, sources);
    }

    /** Returns the shape that each source must have to give a result of the given shape. */
    long[] sourceShape(long[] shape) {
        long[] stored = shape.clone();
        if (kind == Kind.TRANSPOSED) {
            stored[0] = shape[1];
            stored[1] = shape[0];
        } else if (kind == Kind.STACKED) {
            stored[0] = shape[0] / sources.size();
        }
        return stored;
    }

    /** Returns the shape of the result, from those of the sources. */
    long[] shape(TensorFile file) {
        long[] stored = file.info(sources.get(0)).shape();
        if (kind == Kind.TRANSPOSED && stored.length == 2) {
            return new long[] {stored[1], stored[0]};
        }
        if (kind == Kind.STACKED && stored.length > 0) {
            stored[0] *= sources.size();
        }
        return stored;
    }

    /** Returns the result: the stored bytes themselves if possible, else an off-heap copy. */
    TensorData make(String name, TensorFile file, UnaryOperator<TensorData> check) {
        List<TensorData> stored = sources.stream().map(file::get).map(check).toList();
        return switch (kind) {
            case SAME -> stored.get(0).named(name);
            case TRANSPOSED -> transpose(stored.get(0)).named(name);
            case STACKED -> stack(name, stored);
        };
    }

    /** Returns one element of the result, without creating it. */
    float sample(TensorFile file, long[] shape, long index) {
        if (kind == Kind.SAME) {
            return file.get(sources.get(0)).floatAt((int) index);
        }
        if (kind == Kind.TRANSPOSED) {
            long row = index / shape[1];
            long column = index % shape[1];
            return file.get(sources.get(0)).floatAt((int) (column * shape[0] + row));
        }
        long part = file.info(sources.get(0)).elements();
        return file.get(sources.get((int) (index / part))).floatAt((int) (index % part));
    }

    private static TensorData transpose(TensorData matrix) {
        int rows = (int) matrix.shape()[0];
        int columns = (int) matrix.shape()[1];
        int size = matrix.type().bytes();
        ByteBuffer from = matrix.bytes();
        ByteBuffer to = TensorData.allocate(from.capacity());
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                to.put((column * rows + row) * size, from, (row * columns + column) * size, size);
            }
        }
        return new TensorData(matrix.name(), matrix.type(), new long[] {columns, rows}, to);
    }

    private static TensorData stack(String name, List<TensorData> stored) {
        DataType type = stored.get(0).type();
        boolean alike = stored.stream().allMatch(tensor -> tensor.type() == type);
        List<TensorData> parts =
                alike ? stored : stored.stream().map(TensorData::toF32).toList();
        long[] shape = parts.get(0).shape();
        ByteBuffer bytes = TensorData.allocate(
                parts.stream().mapToLong(part -> part.bytes().capacity()).sum());
        parts.forEach(part -> bytes.put(part.bytes()));
        shape[0] *= parts.size();
        return new TensorData(name, alike ? type : DataType.F32, shape, bytes.rewind());
    }
}
