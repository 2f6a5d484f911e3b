package dev.clap4j.internal.image.format;

import java.io.EOFException;

/** Reads numbers at given offsets of a file's content; reading past its end throws {@link EOFException}. */
public record Bytes(byte[] data, boolean bigEndian) {
    /** Returns a little-endian view of the content. */
    public static Bytes littleEndian(byte[] data) {
        return new Bytes(data, false);
    }

    /** Returns the length in bytes. */
    public int length() {
        return data.length;
    }

    /**
     * Checks that a range lies within the content.
     *
     * @return its offset
     */
    public int require(long at, long length) throws EOFException {
        if (at < 0 || length < 0 || at + length > data.length) {
            throw new EOFException();
        }
        return (int) at;
    }

    /** Reads an unsigned byte. */
    public int u8(long at) throws EOFException {
        return data[require(at, 1)] & 0xFF;
    }

    /** Reads an unsigned 16-bit number. */
    public int u16(long at) throws EOFException {
        int i = require(at, 2);
        int a = data[i] & 0xFF;
        int b = data[i + 1] & 0xFF;
        return bigEndian ? a << 8 | b : b << 8 | a;
    }

    /** Reads a signed 32-bit number. */
    public int i32(long at) throws EOFException {
        int a = u16(at);
        int b = u16(at + 2);
        return bigEndian ? a << 16 | b : b << 16 | a;
    }

    /** Reads an unsigned 32-bit number. */
    public long u32(long at) throws EOFException {
        return i32(at) & 0xFFFFFFFFL;
    }

    /** Reads a 64-bit number. */
    public long i64(long at) throws EOFException {
        long a = u32(at);
        long b = u32(at + 4);
        return bigEndian ? a << 32 | b : b << 32 | a;
    }
}
