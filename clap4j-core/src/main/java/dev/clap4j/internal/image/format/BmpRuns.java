package dev.clap4j.internal.image.format;

import java.io.EOFException;
import java.io.IOException;

/** Run-length encoded indices of a Windows bitmap, of 8 or 4 bits. */
final class BmpRuns {
    private static final int END_OF_LINE = 0;
    private static final int END = 1;
    private static final int DELTA = 2;

    private final Bytes bytes;
    private final int start;
    private final boolean nibbles;
    private int at;

    BmpRuns(Bytes bytes, int start, boolean nibbles) {
        this.bytes = bytes;
        this.start = start;
        this.nibbles = nibbles;
        this.at = start;
    }

    /** Reads all rows; skipped pixels are index 0. */
    void read(byte[] out, int width) throws IOException {
        long o = 0;
        int x = 0;
        while (o < out.length) {
            int count = bytes.u8(at);
            int value = bytes.u8(at + 1);
            at += 2;
            if (count > 0) {
                // A run ends with its row.
                int n = Math.min(count, Math.max(0, width - x));
                for (int i = 0; i < n && o < out.length; i++) {
                    out[(int) o++] = (byte) (nibbles ? i % 2 == 0 ? value >> 4 : value & 0xF : value);
                }
                x += n;
                continue;
            }
            switch (value) {
                case END_OF_LINE -> {
                    o += (width - o % width) % width;
                    x = 0;
                }
                case END -> throw new EOFException();
                case DELTA -> {
                    o += bytes.u8(at) + (long) bytes.u8(at + 1) * width;
                    x = (int) (o % width);
                    at += 2;
                }
                default -> {
                    for (int i = 0; i < value && o < out.length; i++) {
                        out[(int) o++] = (byte) index(i);
                    }
                    x += value;
                    at += nibbles ? (value + 1) / 2 : value;
                    at += at - start & 1;
                }
            }
        }
    }

    private int index(int i) throws IOException {
        if (!nibbles) {
            return bytes.u8(at + i);
        }
        return i % 2 == 0 ? bytes.u8(at + i / 2) >> 4 : bytes.u8(at + i / 2) & 0xF;
    }
}
