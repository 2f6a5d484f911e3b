package dev.clap4j.internal.image.webp;

import java.util.Arrays;

/** The residuals of a macroblock: 25 blocks of coefficients (RFC 6386, section 13). */
final class Residuals {
    private static final int BRANCHES = 11;
    private static final int CONTEXTS = 3 * BRANCHES;
    private static final int TYPES = 8 * CONTEXTS;

    /** The four kinds of blocks with separate probabilities. */
    private static final int LUMA_WITHOUT_FIRST = 0;

    private static final int SECOND_ORDER = TYPES;
    private static final int CHROMA = 2 * TYPES;
    private static final int LUMA = 3 * TYPES;

    private final byte[] probabilities;

    /** Coefficients: 16 luminance blocks, then four of each chroma plane, 16 numbers each. */
    final short[] coefficients = new short[24 * 16];

    private final short[] secondOrder = new short[16];

    /** The number of coefficients read for each block; 0 if all are 0. */
    final int[] counts = new int[24];

    /**
     * Flags of the blocks above that had coefficients: for each column four of luminance, two of each chroma plane, and
     * the second-order block.
     */
    private final boolean[] above;

    private final boolean[] left = new boolean[9];

    Residuals(byte[] probabilities, int columns) {
        this.probabilities = probabilities;
        this.above = new boolean[9 * columns];
    }

    void startRow() {
        Arrays.fill(left, false);
    }

    /** Marks a macroblock as having no coefficients. */
    void skip(int column, boolean subblocks) {
        int known = subblocks ? 8 : 9;
        Arrays.fill(above, column * 9, column * 9 + known, false);
        Arrays.fill(left, 0, known, false);
        Arrays.fill(counts, 0);
    }

    /**
     * Reads a macroblock's coefficients.
     *
     * @param steps the quantiser steps
     * @return whether there are any coefficients
     */
    boolean read(BoolDecoder in, int column, boolean subblocks, int[][] steps) {
        Arrays.fill(coefficients, (short) 0);
        Arrays.fill(counts, 0);
        int first = 0;
        int type = LUMA;
        if (!subblocks) {
            first = 1;
            type = LUMA_WITHOUT_FIRST;
            Arrays.fill(secondOrder, (short) 0);
            int n = block(in, SECOND_ORDER, context(column, 8, 8), steps[Vp8Header.SECOND_ORDER], 0, secondOrder, 0);
            remember(column, 8, 8, n > 0);
            Transforms.walshHadamard(secondOrder, coefficients);
        }
        boolean any = false;
        for (int i = 0; i < 16; i++) {
            int x = i & 3;
            int y = i >> 2;
            int n = block(in, type, context(column, x, y), steps[Vp8Header.LUMA], first, coefficients, i * 16);
            remember(column, x, y, n > first);
            counts[i] = n > first ? n : coefficients[i * 16] != 0 ? 1 : 0;
            any |= counts[i] > 0;
        }
        for (int i = 16; i < 24; i++) {
            int plane = 4 + ((i - 16) >> 2) * 2;
            int x = plane + (i & 1);
            int y = plane + (i >> 1 & 1);
            counts[i] = block(in, CHROMA, context(column, x, y), steps[Vp8Header.CHROMA], 0, coefficients, i * 16);
            remember(column, x, y, counts[i] > 0);
            any |= counts[i] > 0;
        }
        return any;
    }

    private int context(int column, int x, int y) {
        return (above[column * 9 + x] ? 1 : 0) + (left[y] ? 1 : 0);
    }

    private void remember(int column, int x, int y, boolean hasCoefficients) {
        above[column * 9 + x] = hasCoefficients;
        left[y] = hasCoefficients;
    }

    /** Reads a block; returns one more than the index of its last coefficient that is not 0. */
    private int block(BoolDecoder in, int type, int context, int[] steps, int first, short[] out, int at) {
        int n = first;
        int p = at(type, n, context);
        while (n < 16) {
            if (in.bit(probability(p)) == 0) {
                return n;
            }
            while (in.bit(probability(p + 1)) == 0) {
                p = at(type, ++n, 0);
                if (n == 16) {
                    return 16;
                }
            }
            int magnitude;
            if (in.bit(probability(p + 2)) == 0) {
                magnitude = 1;
                p = at(type, n + 1, 1);
            } else {
                magnitude = large(in, p);
                p = at(type, n + 1, 2);
            }
            out[at + Vp8Tables.ZIGZAG[n]] = (short) (in.signed(magnitude) * steps[n > 0 ? 1 : 0]);
            n++;
        }
        return 16;
    }

    private static int at(int type, int n, int context) {
        return type + Vp8Tables.BANDS[n] * CONTEXTS + context * BRANCHES;
    }

    private int probability(int i) {
        return probabilities[i] & 0xFF;
    }

    private int large(BoolDecoder in, int p) {
        if (in.bit(probability(p + 3)) == 0) {
            return in.bit(probability(p + 4)) == 0 ? 2 : 3 + in.bit(probability(p + 5));
        }
        if (in.bit(probability(p + 6)) == 0) {
            if (in.bit(probability(p + 7)) == 0) {
                return 5 + in.bit(159);
            }
            int high = in.bit(165);
            return 7 + 2 * high + in.bit(145);
        }
        int high = in.bit(probability(p + 8));
        int category = 2 * high + in.bit(probability(p + 9 + high));
        int extra = 0;
        for (int chance : Vp8Tables.EXTRA_BITS[category]) {
            extra = 2 * extra + in.bit(chance);
        }
        return extra + 3 + (8 << category);
    }
}
