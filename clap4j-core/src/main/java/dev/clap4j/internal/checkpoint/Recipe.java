package dev.clap4j.internal.checkpoint;

import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TensorFile;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A recipe for making a tensor from those that a layout stores.
 *
 * @param kind the operation
 * @param parts the stored tensors
 * @param ones leading extents of 1 that the stored tensor has and the result has not
 */
record Recipe(Kind kind, List<Part> parts, int ones) {
    enum Kind {
        /** The stored tensor itself. */
        SAME,
        /** A matrix stored as its transpose. */
        TRANSPOSED,
        /** Several tensors concatenated along the first dimension. */
        STACKED
    }

    /**
     * A stored tensor.
     *
     * @param name its name; empty for zeros, which are not stored
     * @param share its size relative to the other parts
     */
    record Part(String name, int share) {
        boolean isZeros() {
            return name.isEmpty();
        }
    }

    static Recipe same(String source) {
        return same(source, 0);
    }

    static Recipe same(String source, int ones) {
        return new Recipe(Kind.SAME, List.of(new Part(source, 1)), ones);
    }

    static Recipe transposed(String source) {
        return new Recipe(Kind.TRANSPOSED, List.of(new Part(source, 1)), 0);
    }

    static Recipe stacked(List<Part> parts) {
        return new Recipe(Kind.STACKED, List.copyOf(parts), 0);
    }

    /** Returns the names of the stored tensors. */
    List<String> sources() {
        return parts.stream().filter(part -> !part.isZeros()).map(Part::name).toList();
    }

    /** Returns the shapes that the stored tensors must have to give a result of the given shape, by their names. */
    Map<String, long[]> sourceShapes(long[] shape) {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        int shares = parts.stream().mapToInt(Part::share).sum();
        for (Part part : parts) {
            if (!part.isZeros()) {
                long[] stored = new long[ones + shape.length];
                Arrays.fill(stored, 1);
                System.arraycopy(shape, 0, stored, ones, shape.length);
                if (kind == Kind.TRANSPOSED) {
                    stored[0] = shape[1];
                    stored[1] = shape[0];
                } else if (kind == Kind.STACKED) {
                    stored[0] = shape[0] / shares * part.share();
                }
                shapes.put(part.name(), stored);
            }
        }
        return shapes;
    }

    /** Returns the shape of the result, from those of the sources. */
    long[] shape(TensorFile file) {
        long[] stored = file.info(sources().get(0)).shape();
        if (kind == Kind.TRANSPOSED && stored.length == 2) {
            return new long[] {stored[1], stored[0]};
        }
        if (kind == Kind.STACKED && stored.length > 0) {
            stored[0] *= parts.size();
        }
        return stored;
    }

    /** Returns the result: the stored bytes themselves if possible, else an off-heap copy. */
    TensorData make(String name, TensorFile file, UnaryOperator<TensorData> check) {
        List<TensorData> stored = new ArrayList<>();
        sources().forEach(source -> stored.add(check.apply(file.get(source))));
        return switch (kind) {
            case SAME -> stored.get(0).named(name);
            case TRANSPOSED -> transpose(stored.get(0)).named(name);
            case STACKED -> stack(name, stored);
        };
    }

    /** Returns one element of the result, without creating it. */
    float sample(TensorFile file, long[] shape, long index) {
        if (kind == Kind.SAME) {
            return file.get(sources().get(0)).floatAt((int) index);
        }
        if (kind == Kind.TRANSPOSED) {
            long row = index / shape[1];
            long column = index % shape[1];
            return file.get(sources().get(0)).floatAt((int) (column * shape[0] + row));
        }
        long before = 0;
        for (Map.Entry<String, long[]> source : sourceShapes(shape).entrySet()) {
            long elements = file.info(source.getKey()).elements();
            if (index < before + elements) {
                return file.get(source.getKey()).floatAt((int) (index - before));
            }
            before += elements;
        }
        throw new IndexOutOfBoundsException("Element " + index + " of " + Arrays.toString(shape));
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

    private TensorData stack(String name, List<TensorData> stored) {
        DataType type = stored.get(0).type();
        boolean alike = stored.stream().allMatch(tensor -> tensor.type() == type);
        List<TensorData> values =
                alike ? stored : stored.stream().map(TensorData::toF32).toList();
        int share = values.get(0).bytes().capacity() / parts.get(0).share();
        int shares = parts.stream().mapToInt(Part::share).sum();
        ByteBuffer bytes = TensorData.allocate((long) share * shares);
        int next = 0;
        for (Part part : parts) {
            if (part.isZeros()) {
                bytes.position(bytes.position() + share * part.share());
            } else {
                bytes.put(values.get(next++).bytes());
            }
        }
        long[] shape = values.get(0).shape();
        shape[0] = shape[0] / parts.get(0).share() * shares;
        return new TensorData(name, alike ? type : DataType.F32, shape, bytes.rewind());
    }
}
