package dev.clap4j.internal.image.webp;

import java.io.IOException;
import java.util.Arrays;

/**
 * The five prefix codes of a part of a lossless image.
 *
 * @param green green, a copy length, or an index into the colour cache
 * @param red red
 * @param blue blue
 * @param alpha opacity
 * @param distance the distance of a copy
 */
record PrefixCodes(PrefixCode green, PrefixCode red, PrefixCode blue, PrefixCode alpha, PrefixCode distance) {
    /** The number of length symbols of the green code. */
    static final int LENGTHS = 24;

    private static final int DISTANCES = 40;
    private static final int[] ORDER = {17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    private static final int REPEAT = 16;
    private static final int[] REPEAT_BITS = {2, 3, 7};
    private static final int[] REPEAT_FROM = {3, 3, 11};

    /**
     * Reads a group of codes.
     *
     * @param cached size of the colour cache
     */
    static PrefixCodes read(BitReader in, int cached) throws IOException {
        return new PrefixCodes(
                code(in, 256 + LENGTHS + cached), code(in, 256), code(in, 256), code(in, 256), code(in, DISTANCES));
    }

    private static PrefixCode code(BitReader in, int symbols) throws IOException {
        return PrefixCode.of(in.flag() ? simple(in, symbols) : lengths(in, symbols));
    }

    /** Reads a code of one or two symbols, of zero bits or one bit each. */
    private static int[] simple(BitReader in, int symbols) throws IOException {
        int[] lengths = new int[symbols];
        int n = 1 + in.read(1);
        int first = in.read(in.flag() ? 8 : 1);
        int second = n == 2 ? in.read(8) : first;
        if (first >= symbols || second >= symbols) {
            throw new IOException("a prefix code has a symbol outside its alphabet");
        }
        lengths[first] = 1;
        lengths[second] = 1;
        return lengths;
    }

    private static int[] lengths(BitReader in, int symbols) throws IOException {
        int[] ofLengths = new int[ORDER.length];
        int n = 4 + in.read(4);
        for (int i = 0; i < n; i++) {
            ofLengths[ORDER[i]] = in.read(3);
        }
        PrefixCode code = PrefixCode.of(ofLengths);
        int left = symbols;
        if (in.flag()) {
            left = 2 + in.read(2 + 2 * in.read(3));
            if (left > symbols) {
                throw new IOException("a prefix code has more symbols than its alphabet");
            }
        }
        int[] lengths = new int[symbols];
        int previous = 8;
        for (int symbol = 0; symbol < symbols && left > 0; left--) {
            int length = code.read(in);
            if (length < REPEAT) {
                lengths[symbol++] = length;
                previous = length > 0 ? length : previous;
                continue;
            }
            int kind = length - REPEAT;
            int times = REPEAT_FROM[kind] + in.read(REPEAT_BITS[kind]);
            if (symbol + times > symbols) {
                throw new IOException("a prefix code has more symbols than its alphabet");
            }
            Arrays.fill(lengths, symbol, symbol + times, kind == 0 ? previous : 0);
            symbol += times;
        }
        return lengths;
    }
}
