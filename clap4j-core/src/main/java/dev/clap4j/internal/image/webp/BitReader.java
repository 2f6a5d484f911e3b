package dev.clap4j.internal.image.webp;

import java.io.EOFException;

/** Reads the bits of a VP8L stream, the lowest of each byte first. */
final class BitReader {
    private final byte[] data;
    private final int end;
    private int at;
    private long bits;
    private int available;

    /** Reads {@code data[start..end)}. */
    BitReader(byte[] data, int start, int end) {
        this.data = data;
        this.at = start;
        this.end = end;
    }

    /** Returns the next 16 bits or more without consuming them; zeros past the end. */
    int peek() {
        while (available < 32 && at < end) {
            bits |= (data[at++] & 0xFFL) << available;
            available += 8;
        }
        return (int) bits;
    }

    /** Consumes bits. */
    void skip(int n) throws EOFException {
        if (n > available) {
            throw new EOFException();
        }
        bits >>>= n;
        available -= n;
    }

    /** Reads an unsigned number of up to 24 bits. */
    int read(int n) throws EOFException {
        int number = peek() & (1 << n) - 1;
        skip(n);
        return number;
    }

    boolean flag() throws EOFException {
        return read(1) != 0;
    }
}
