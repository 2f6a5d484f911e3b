package dev.clap4j.internal.image.tiff;

import java.io.EOFException;
import java.io.IOException;

/** LZW as used in TIFF: codes of 9 to 12 bits, most significant bit first. */
final class Lzw {
    private static final int CLEAR = 256;
    private static final int END = 257;
    private static final int MAX_CODES = 1 << 12;

    private Lzw() {}

    /** Decompresses until {@code out} is full. */
    static void unpack(byte[] data, int start, int end, byte[] out) throws IOException {
        if (end - start >= 2 && data[start] == 0 && (data[start + 1] & 1) != 0) {
            throw new IOException("its LZW codes are in the order of TIFF 4.0; save it again");
        }
        // The last position in the output and the length of each string.
        int[] places = new int[MAX_CODES + 1];
        int[] lengths = new int[MAX_CODES + 1];
        int next = END + 1;
        int previousAt = -1;
        int previousLength = 0;
        int size = 9;
        long bits = 0;
        int available = 0;
        int at = start;
        for (int o = 0; o < out.length; ) {
            while (available < size) {
                if (at >= end) {
                    throw new EOFException();
                }
                bits = bits << 8 | (data[at++] & 0xFF);
                available += 8;
            }
            int code = (int) (bits >> (available - size)) & (1 << size) - 1;
            available -= size;
            if (code == CLEAR) {
                next = END + 1;
                size = 9;
                previousAt = -1;
                continue;
            }
            if (code == END) {
                throw new EOFException();
            }
            if (code > next || (code > END && previousAt < 0) || (code == next && next >= MAX_CODES)) {
                throw new IOException("it refers to a string that does not exist yet");
            }
            int begins = o;
            if (code < CLEAR) {
                out[o++] = (byte) code;
            } else {
                boolean own = code == next;
                int from = own ? previousAt : places[code];
                int length = own ? previousLength + 1 : lengths[code];
                int n = Math.min(length, out.length - o);
                for (int i = 0; i < n; i++) {
                    out[o] = out[from + i];
                    o++;
                }
            }
            if (previousAt >= 0 && next < MAX_CODES) {
                // The new string is the previous one and the first byte of this one, which follows it in the output.
                places[next] = previousAt;
                lengths[next] = previousLength + 1;
                next++;
            }
            previousAt = begins;
            previousLength = o - begins;
            size = next + 1 >= 1 << size && size < 12 ? size + 1 : size;
        }
    }
}
