package dev.clap4j.internal.io;

import dev.clap4j.ClapException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;

/**
 * A named tensor in off-heap memory: row-major, little-endian.
 *
 * <p>The bytes are usually a view of a memory-mapped file; nothing is copied before a conversion.
 *
 * @param name the tensor's name in its file, used in error messages
 * @param type the element type
 * @param shape the extent of each dimension; empty for a scalar
 * @param bytes exactly {@code elements() * type.bytes()} bytes from position 0; a direct buffer
 */
public record TensorData(String name, DataType type, long[] shape, ByteBuffer bytes) {
    /**
     * Checks the size of the buffer.
     *
     * @throws IllegalArgumentException if the buffer is not direct, or its size does not match type and shape
     */
    public TensorData {
        shape = shape.clone();
        if (!bytes.isDirect()) {
            throw new IllegalArgumentException(name + ": the buffer must be direct");
        }
        bytes = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.capacity() != elements(shape) * type.bytes()) {
            throw new IllegalArgumentException(
                    name + ": " + Arrays.toString(shape) + " of " + type + " in " + bytes.capacity() + " bytes");
        }
    }

    /** Copies {@code values} to off-heap memory. */
    public static TensorData of(String name, float[] values, long... shape) {
        ByteBuffer bytes = allocate(values.length * 4L);
        bytes.asFloatBuffer().put(values);
        return new TensorData(name, DataType.F32, shape, bytes);
    }

    /** Copies {@code values} to off-heap memory. */
    public static TensorData of(String name, long[] values, long... shape) {
        ByteBuffer bytes = allocate(values.length * 8L);
        bytes.asLongBuffer().put(values);
        return new TensorData(name, DataType.I64, shape, bytes);
    }

    /** Allocates a direct little-endian buffer. */
    public static ByteBuffer allocate(long bytes) {
        return ByteBuffer.allocateDirect(Math.toIntExact(bytes)).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static long elements(long[] shape) {
        long product = 1;
        for (long extent : shape) {
            product = Math.multiplyExact(product, extent);
        }
        return product;
    }

    @Override
    public long[] shape() {
        return shape.clone();
    }

    @Override
    public ByteBuffer bytes() {
        return bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Returns the number of elements; 1 for a scalar. */
    public long elements() {
        return elements(shape);
    }

    /** Returns this tensor under another name, sharing its bytes. */
    public TensorData named(String other) {
        return new TensorData(other, type, shape, bytes);
    }

    /** Returns this tensor in another shape with the same number of elements, sharing its bytes. */
    public TensorData reshape(long... other) {
        return new TensorData(name, type, other, bytes);
    }

    /** Returns {@code count} rows (entries of the first dimension) starting at {@code first}, sharing their bytes. */
    public TensorData rows(long first, long count) {
        long[] part = shape.clone();
        part[0] = count;
        int rowBytes = Math.toIntExact(bytes.capacity() / shape[0]);
        ByteBuffer some = bytes.slice(Math.toIntExact(first * rowBytes), Math.toIntExact(count * rowBytes));
        return new TensorData(name, type, part, some);
    }

    /** Returns this tensor as F32: itself if it already is, else a converted off-heap copy. */
    public TensorData toF32() {
        if (type == DataType.F32) {
            return this;
        }
        if (!type.isFloat()) {
            throw notFloats();
        }
        int n = Math.toIntExact(elements());
        ByteBuffer target = allocate(n * 4L);
        FloatBuffer floats = target.asFloatBuffer();
        if (type == DataType.F64) {
            for (int i = 0; i < n; i++) {
                floats.put(i, floatAt(i));
            }
        } else {
            HalfFloats.convert(bytes().asShortBuffer(), floats, type == DataType.BF16);
        }
        return new TensorData(name, DataType.F32, shape, target);
    }

    /** Returns this floating-point tensor rounded to F16: itself if it already is, else an off-heap copy. */
    public TensorData toF16() {
        if (type == DataType.F16) {
            return this;
        }
        int n = Math.toIntExact(elements());
        ByteBuffer target = allocate(n * 2L);
        for (int i = 0; i < n; i++) {
            target.putShort(i * 2, HalfFloats.toHalf(floatAt(i)));
        }
        return new TensorData(name, DataType.F16, shape, target);
    }

    /**
     * Returns one element of a floating-point tensor.
     *
     * @param i its index in row-major order
     */
    public float floatAt(int i) {
        return switch (type) {
            case F64 -> (float) bytes.getDouble(i * 8);
            case F32 -> bytes.getFloat(i * 4);
            case F16 -> HalfFloats.fromHalf(bytes.getShort(i * 2));
            case BF16 -> HalfFloats.fromBfloat(bytes.getShort(i * 2));
            default -> throw notFloats();
        };
    }

    private ClapException notFloats() {
        return new ClapException("Tensor " + name + " holds " + type + " where floating-point numbers are expected");
    }

    /** Returns all elements of a floating-point tensor of any type as floats on the heap. */
    public float[] toFloats() {
        float[] values = new float[Math.toIntExact(elements())];
        toF32().bytes().asFloatBuffer().get(values);
        return values;
    }

    /** Returns all elements of an integer tensor as longs on the heap; U8 and BOOL are read as 0 to 255. */
    public long[] toLongs() {
        long[] values = new long[Math.toIntExact(elements())];
        if (type == DataType.I64) {
            LongBuffer longs = bytes.asLongBuffer();
            longs.get(values);
            return values;
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (type) {
                case I32 -> bytes.getInt(i * 4);
                case I16 -> bytes.getShort(i * 2);
                case I8 -> bytes.get(i);
                case U8, BOOL -> bytes.get(i) & 0xFF;
                default ->
                    throw new ClapException("Tensor " + name + " holds " + type + " where integers are expected");
            };
        }
        return values;
    }

    @Override
    public String toString() {
        return name + " " + type + Arrays.toString(shape);
    }
}
