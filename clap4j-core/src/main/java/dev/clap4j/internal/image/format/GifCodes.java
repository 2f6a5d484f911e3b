package dev.clap4j.internal.image.format;

import java.io.EOFException;
import java.io.IOException;

/** The LZW-compressed indices of a GIF frame, in blocks of up to 255 bytes. */
final class GifCodes {
    private static final int MAX_CODES = 1 << 12;

    private final Bytes bytes;
    private int at;
    private int blockEnd;
    private int bits;
    private int available;

    private final int clear;
    private final int first;
    private int size;
    private int next;
    private int previous = -1;

    /** Each string is another string followed by one index. */
    private final short[] prefix = new short[MAX_CODES];

    private final byte[] last = new byte[MAX_CODES];
    /** The pending string in reverse order. */
    private final byte[] string = new byte[MAX_CODES + 1];

    private int pending;

    GifCodes(Bytes bytes, int data) throws IOException {
        this.bytes = bytes;
        first = bytes.u8(data);
        if (first < 1 || first > 8) {
            throw new IOException("its indices have " + first + " bits");
        }
        at = data + 1;
        blockEnd = at;
        clear = 1 << first;
        for (int i = 0; i < clear; i++) {
            last[i] = (byte) i;
        }
        reset();
    }

    private void reset() {
        size = first + 1;
        next = clear + 2;
        previous = -1;
    }

    /** Reads the next {@code n} indices. */
    void read(byte[] out, int from, int n) throws IOException {
        int o = from;
        int end = from + n;
        while (o < end) {
            while (pending > 0 && o < end) {
                out[o++] = string[--pending];
            }
            if (o < end) {
                readString();
            }
        }
    }

    private void readString() throws IOException {
        int code = code();
        if (code == clear) {
            reset();
            return;
        }
        if (code == clear + 1) {
            throw new EOFException();
        }
        if (code > next || code >= MAX_CODES || (previous < 0 && code > clear) || (code == next && previous < 0)) {
            throw new IOException("it refers to a string that does not exist yet");
        }
        int from = code;
        if (code == next) {
            // The string is the previous one followed by its own first index.
            string[pending++] = last[firstOf(previous)];
            from = previous;
        }
        while (from >= clear) {
            string[pending++] = last[from];
            from = prefix[from];
        }
        string[pending++] = last[from];
        if (previous >= 0 && next < MAX_CODES) {
            prefix[next] = (short) previous;
            last[next] = last[from];
            next++;
            if (next == 1 << size && size < 12) {
                size++;
            }
        }
        previous = code;
    }

    private int firstOf(int code) {
        int from = code;
        while (from >= clear) {
            from = prefix[from];
        }
        return from;
    }

    private int code() throws IOException {
        while (available < size) {
            if (at == blockEnd) {
                int length = bytes.u8(at);
                if (length == 0) {
                    throw new EOFException();
                }
                at++;
                blockEnd = at + length;
            }
            bits |= bytes.u8(at++) << available;
            available += 8;
        }
        int code = bits & (1 << size) - 1;
        bits >>>= size;
        available -= size;
        return code;
    }
}
