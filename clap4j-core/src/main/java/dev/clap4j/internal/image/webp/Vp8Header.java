package dev.clap4j.internal.image.webp;

import java.io.EOFException;
import java.io.IOException;

/**
 * The header of a VP8 key frame (RFC 6386, section 9).
 *
 * @param width width in pixels
 * @param height height in pixels
 * @param segmentMap whether every macroblock specifies its segment, one of four
 * @param segmentProbabilities probabilities of the segment tree
 * @param steps quantiser steps, {@code [4 segments][3 kinds of block][first, other]}
 * @param filter the loop filter
 * @param coefficients probabilities as in {@link Vp8Tables#COEFFICIENTS}
 * @param skipProbability probability that a macroblock has coefficients; -1 if all have
 * @param modes decoder of the macroblocks' modes, just after the header
 * @param partitions decoders of the coefficients: row {@code y} is in partition {@code y % n}
 */
record Vp8Header(
        int width,
        int height,
        boolean segmentMap,
        int[] segmentProbabilities,
        int[][][] steps,
        LoopFilter filter,
        byte[] coefficients,
        int skipProbability,
        BoolDecoder modes,
        BoolDecoder[] partitions) {
    /** The kinds of blocks with separate quantisers. */
    static final int LUMA = 0;

    static final int SECOND_ORDER = 1;
    static final int CHROMA = 2;

    static final int SEGMENTS = 4;

    private static final int START = 10;

    /** Returns the declared size of a frame, {@code {width, height}}. */
    static int[] size(byte[] file, int start, int end) throws IOException {
        if (end - start < START) {
            throw new EOFException();
        }
        int bits = u24(file, start);
        if ((bits & 1) != 0 || (bits >> 1 & 7) > 3 || (bits >> 4 & 1) == 0 || u24(file, start + 3) != 0x2A019D) {
            throw new IOException("no VP8 key frame where one should be");
        }
        return new int[] {u16(file, start + 6) & 0x3FFF, u16(file, start + 8) & 0x3FFF};
    }

    static Vp8Header read(byte[] file, int start, int end) throws IOException {
        int[] size = size(file, start, end);
        int first = start + START;
        int tokens = first + (u24(file, start) >> 5);
        if (tokens > end) {
            throw new EOFException();
        }
        BoolDecoder in = new BoolDecoder(file, first, tokens);
        in.number(2); // colour space, and whether values need clamping; they are always clamped
        Segments segments = Segments.read(in);
        LoopFilter filter = LoopFilter.read(in, segments);
        BoolDecoder[] partitions = partitions(file, tokens, end, 1 << in.number(2));
        int[][][] steps = steps(in, segments);
        in.flag(); // whether probabilities outlive the frame
        byte[] coefficients = Vp8Tables.COEFFICIENTS.clone();
        for (int i = 0; i < coefficients.length; i++) {
            if (in.bit(Vp8Tables.COEFFICIENT_UPDATES[i] & 0xFF) != 0) {
                coefficients[i] = (byte) in.number(8);
            }
        }
        int skip = in.flag() ? in.number(8) : -1;
        if (in.isPastEnd()) {
            throw new EOFException();
        }
        return new Vp8Header(
                size[0],
                size[1],
                segments.map,
                segments.probabilities,
                steps,
                filter,
                coefficients,
                skip,
                in,
                partitions);
    }

    /** The properties of segments (section 9.3). */
    record Segments(
            boolean used, boolean map, boolean absolute, int[] quantisers, int[] filterLevels, int[] probabilities) {
        static Segments read(BoolDecoder in) {
            boolean absolute = true;
            int[] quantisers = new int[SEGMENTS];
            int[] levels = new int[SEGMENTS];
            int[] probabilities = {255, 255, 255};
            boolean used = in.flag();
            boolean map = used && in.flag();
            if (used && in.flag()) {
                absolute = in.flag();
                for (int i = 0; i < SEGMENTS; i++) {
                    quantisers[i] = in.optionalSigned(7);
                }
                for (int i = 0; i < SEGMENTS; i++) {
                    levels[i] = in.optionalSigned(6);
                }
            }
            for (int i = 0; map && i < probabilities.length; i++) {
                probabilities[i] = in.flag() ? in.number(8) : 255;
            }
            return new Segments(used, map, absolute, quantisers, levels, probabilities);
        }

        /** Returns a segment's value, given the common value of all. */
        int of(int segment, int[] values, int common) {
            return !used ? common : absolute ? values[segment] : values[segment] + common;
        }
    }

    private static BoolDecoder[] partitions(byte[] file, int start, int end, int n) throws IOException {
        BoolDecoder[] partitions = new BoolDecoder[n];
        int at = start + 3 * (n - 1);
        if (at >= end) {
            throw new EOFException();
        }
        for (int i = 0; i < n; i++) {
            int length = i == n - 1 ? end - at : Math.min(u24(file, start + 3 * i), end - at);
            partitions[i] = new BoolDecoder(file, at, at + length);
            at += length;
        }
        return partitions;
    }

    /** Computes the quantiser steps (sections 9.6 and 14.1). */
    private static int[][][] steps(BoolDecoder in, Segments segments) {
        int common = in.number(7);
        int lumaDc = in.optionalSigned(4);
        int secondDc = in.optionalSigned(4);
        int secondAc = in.optionalSigned(4);
        int chromaDc = in.optionalSigned(4);
        int chromaAc = in.optionalSigned(4);
        int[][][] steps = new int[SEGMENTS][][];
        for (int i = 0; i < SEGMENTS; i++) {
            int q = segments.of(i, segments.quantisers, common);
            steps[i] = new int[][] {
                {step(Vp8Tables.DC_STEPS, q + lumaDc, 127), step(Vp8Tables.AC_STEPS, q, 127)},
                {
                    2 * step(Vp8Tables.DC_STEPS, q + secondDc, 127),
                    Math.max(8, step(Vp8Tables.AC_STEPS, q + secondAc, 127) * 155 / 100)
                },
                {step(Vp8Tables.DC_STEPS, q + chromaDc, 117), step(Vp8Tables.AC_STEPS, q + chromaAc, 127)},
            };
        }
        return steps;
    }

    private static int step(int[] table, int index, int largest) {
        return table[Math.max(0, Math.min(largest, index))];
    }

    private static int u16(byte[] file, int at) {
        return (file[at] & 0xFF) | (file[at + 1] & 0xFF) << 8;
    }

    private static int u24(byte[] file, int at) {
        return u16(file, at) | (file[at + 2] & 0xFF) << 16;
    }
}
