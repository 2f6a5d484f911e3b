package dev.clap4j.internal.io;

import java.util.Arrays;

/**
 * Name, type and shape of a tensor, known before its values are read.
 *
 * @param name the tensor's name in its file
 * @param type the element type in which it is stored
 * @param shape the extent of each dimension; empty for a scalar
 */
public record TensorInfo(String name, DataType type, long[] shape) {
    /** Copies the shape. */
    public TensorInfo {
        shape = shape.clone();
    }

    @Override
    public long[] shape() {
        return shape.clone();
    }

    /** Returns the number of elements; 1 for a scalar. */
    public long elements() {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }

    @Override
    public String toString() {
        return name + " " + type + Arrays.toString(shape);
    }
}
