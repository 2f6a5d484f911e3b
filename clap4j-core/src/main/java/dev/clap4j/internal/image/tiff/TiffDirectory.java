package dev.clap4j.internal.image.tiff;

import dev.clap4j.internal.image.format.Bytes;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The first directory of a TIFF or BigTIFF file; its fields are read on demand. */
final class TiffDirectory {
    private static final int BYTE = 1;
    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int UNDEFINED = 7;
    private static final int LONG8 = 16;

    private final Bytes bytes;
    private final Map<Integer, Field> fields = new HashMap<>();

    /** A field: type, number of values, and offset of the first. */
    private record Field(int type, long count, long at) {
        int size() {
            return sizeOf(type);
        }
    }

    private TiffDirectory(Bytes bytes) {
        this.bytes = bytes;
    }

    static TiffDirectory read(byte[] file) throws IOException {
        TiffDirectory directory = new TiffDirectory(new Bytes(file, file[0] == 'M'));
        boolean big = directory.bytes.u16(2) == 43;
        if (big) {
            directory.readFields(directory.bytes.i64(8), 8);
        } else {
            directory.readFields(directory.bytes.u32(4), 4);
        }
        return directory;
    }

    /** Reads the fields; counts and offsets have {@code width} bytes. */
    private void readFields(long start, int width) throws IOException {
        long at = bytes.require(start, 2);
        long n = width == 8 ? bytes.i64(at) : bytes.u16(at);
        at += width == 8 ? 8 : 2;
        int entry = 4 + 2 * width;
        if (n < 0 || n > (bytes.length() - at) / entry) {
            throw new EOFException();
        }
        for (long i = 0; i < n; i++, at += entry) {
            int type = bytes.u16(at + 2);
            long count = width == 8 ? bytes.i64(at + 4) : bytes.u32(at + 4);
            long valueAt = at + 4 + width;
            boolean inside = count >= 0 && count <= width && count * sizeOf(type) <= width;
            if (!inside) {
                valueAt = width == 8 ? bytes.i64(valueAt) : bytes.u32(valueAt);
            }
            fields.putIfAbsent(bytes.u16(at), new Field(type, count, valueAt));
        }
    }

    private static int sizeOf(int type) {
        return switch (type) {
            case BYTE, 2, 6, UNDEFINED -> 1;
            case SHORT, 8 -> 2;
            case LONG, 9, 11, 13 -> 4;
            default -> 8;
        };
    }

    Bytes bytes() {
        return bytes;
    }

    boolean has(int tag) {
        return fields.containsKey(tag);
    }

    /** Returns the unsigned numbers of a field; {@code otherwise} if it is absent. */
    long[] numbers(int tag, long... otherwise) throws IOException {
        Field field = fields.get(tag);
        if (field == null) {
            return otherwise;
        }
        if (field.count < 0 || field.count > bytes.length() / field.size()) {
            throw new EOFException();
        }
        bytes.require(field.at, field.count * field.size());
        long[] numbers = new long[(int) field.count];
        for (int i = 0; i < numbers.length; i++) {
            long at = field.at + (long) i * field.size();
            numbers[i] = switch (field.type) {
                case BYTE, UNDEFINED -> bytes.u8(at);
                case SHORT -> bytes.u16(at);
                case LONG, 13 -> bytes.u32(at);
                case LONG8, 18 -> bytes.i64(at);
                default -> throw new IOException("its field " + tag + " has the type " + field.type);
            };
        }
        return numbers;
    }

    /** Returns the first number of a field. */
    long first(int tag, long otherwise) throws IOException {
        long[] numbers = numbers(tag, otherwise);
        if (numbers.length == 0) {
            throw new IOException("its field " + tag + " is empty");
        }
        return numbers[0];
    }

    /** Returns the first number of a field, which must fit into 32 bits. */
    int number(int tag, int otherwise) throws IOException {
        long first = first(tag, otherwise);
        if (first != (int) first) {
            throw new IOException("its field " + tag + " is " + first);
        }
        return (int) first;
    }

    /** Returns the bytes of a field; empty if it is absent. */
    byte[] content(int tag) throws IOException {
        Field field = fields.get(tag);
        if (field == null) {
            return new byte[0];
        }
        if (field.count < 0 || field.count > bytes.length() / field.size()) {
            throw new EOFException();
        }
        int length = (int) field.count * field.size();
        int at = bytes.require(field.at, length);
        return Arrays.copyOfRange(bytes.data(), at, at + length);
    }
}
