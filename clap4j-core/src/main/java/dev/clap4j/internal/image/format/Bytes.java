package dev.clap4j.internal.image.format;

import java.io.EOFException;

/** Numbers in a file's content at given places; what lies behind its end is an {@link EOFException}. */
public record Bytes(byte[] data, boolean bigEndian) {
    /** The content, numbers beginning with their lowest byte. */
    public static Bytes littleEndian(byte[] data) {
        return new Bytes(data, false);
    }

    /** Bytes in all. */
    public int length() {
        return data.length;
    }

    /**
     * Checks that a part lies inside.
     *
     * @return where it begins
     */
    public int require(long at, long length) throws EOFException {
        if (at < 0 || length < 0 || at + length > data.length) {
            throw new EOFException();
        }
        return (int) at;
    }

    /** A byte, 0 to 255. */
    public int u8(long at) throws EOFException {
        return data[require(at, 1)] & 0xFF;
    }

    /** Two bytes, 0 to 65535. */
    public int u16(long at) throws EOFException {
        int i = require(at, 2);
        int a = data[i] & 0xFF;
        int b = data[i + 1] & 0xFF;
        return bigEndian ? a << 8 | b : b << 8 | a;
    }

    /** Four bytes with a sign. */
    public int i32(long at) throws EOFException {
        int a = u16(at);
        int b = u16(at + 2);
        return bigEndian ? a << 16 | b : b << 16 | a;
    }

    /** Four bytes without a sign. */
    public long u32(long at) throws EOFException {
        return i32(at) & 0xFFFFFFFFL;
    }

    /** Eight bytes. */
    public long i64(long at) throws EOFException {
        long a = u32(at);
        long b = u32(at + 4);
        return bigEndian ? a << 32 | b : b << 32 | a;
    }
}
