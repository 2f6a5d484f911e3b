package dev.clap4j.internal.image.webp;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;

/** Decodes a VP8 key frame, the content of a lossy WebP file (RFC 6386), to luminance and chroma. */
final class Vp8Decoder {
    private static final int SUBBLOCKS = -1;

    private final Vp8Header header;
    private final int columns;
    private final int rows;
    private final YuvFrame frame;
    private final Residuals residuals;

    /** The modes of the subblocks above, four for each column, and on the left. */
    private final int[] above;

    private final int[] left = new int[4];
    private final int[] modes = new int[16];
    private final int[] line = Prediction.newLine();

    /** For each macroblock: {@code segment * 2 + subblocks}, and 8 if its inner edges are smoothed. */
    private final byte[] filtering;

    private Vp8Decoder(Vp8Header header) {
        this.header = header;
        this.columns = (header.width() + 15) / 16;
        this.rows = (header.height() + 15) / 16;
        this.frame = new YuvFrame(header.width(), header.height(), columns, rows);
        this.residuals = new Residuals(header.coefficients(), columns);
        this.above = new int[4 * columns];
        this.filtering = new byte[columns * rows];
    }

    /**
     * Decodes {@code file[start..end)}.
     *
     * @throws IOException if it is malformed or ends too early
     */
    static YuvFrame decode(byte[] file, int start, int end) throws IOException {
        return new Vp8Decoder(Vp8Header.read(file, start, end)).decode();
    }

    private YuvFrame decode() throws IOException {
        for (int row = 0; row < rows; row++) {
            BoolDecoder tokens = header.partitions()[row % header.partitions().length];
            Arrays.fill(left, Prediction.DC);
            residuals.startRow();
            for (int column = 0; column < columns; column++) {
                macroblock(tokens, column, row);
                if (tokens.isPastEnd() || header.modes().isPastEnd()) {
                    throw new EOFException();
                }
            }
        }
        for (int i = 0; i < filtering.length; i++) {
            header.filter().apply(frame, i % columns, i / columns, filtering[i] & 7, filtering[i] >= 8);
        }
        return frame;
    }

    private void macroblock(BoolDecoder tokens, int column, int row) {
        BoolDecoder in = header.modes();
        int segment = header.segmentMap() ? segment(in) : 0;
        boolean skipped = header.skipProbability() >= 0 && in.bit(header.skipProbability()) != 0;
        int mode = lumaMode(in, column);
        int chroma = chromaMode(in);
        boolean subblocks = mode == SUBBLOCKS;
        boolean different = false;
        if (skipped) {
            residuals.skip(column, subblocks);
        } else {
            different = residuals.read(tokens, column, subblocks, header.steps()[segment]);
        }
        if (subblocks) {
            subblocks(column, row);
        } else {
            block(frame.y, 16, mode, column, row, 0);
        }
        block(frame.u, 8, chroma, column, row, 16);
        block(frame.v, 8, chroma, column, row, 20);
        filtering[row * columns + column] =
                (byte) (segment * 2 + (subblocks ? 1 : 0) + (subblocks || different ? 8 : 0));
    }

    private int segment(BoolDecoder in) {
        int[] p = header.segmentProbabilities();
        return in.bit(p[0]) == 0 ? in.bit(p[1]) : 2 + in.bit(p[2]);
    }

    private int lumaMode(BoolDecoder in, int column) {
        if (in.bit(145) != 0) {
            int mode;
            if (in.bit(156) == 0) {
                mode = in.bit(163) == 0 ? Prediction.DC : Prediction.VERTICAL;
            } else {
                mode = in.bit(128) == 0 ? Prediction.HORIZONTAL : Prediction.TRUE_MOTION;
            }
            Arrays.fill(above, column * 4, column * 4 + 4, mode);
            Arrays.fill(left, mode);
            return mode;
        }
        for (int i = 0; i < 16; i++) {
            int x = column * 4 + (i & 3);
            modes[i] = subblockMode(in, (above[x] * 10 + left[i >> 2]) * 9);
            above[x] = modes[i];
            left[i >> 2] = modes[i];
        }
        return SUBBLOCKS;
    }

    private static int subblockMode(BoolDecoder in, int p) {
        if (bit(in, p) == 0) {
            return Prediction.DC;
        }
        if (bit(in, p + 1) == 0) {
            return Prediction.TRUE_MOTION;
        }
        if (bit(in, p + 2) == 0) {
            return Prediction.VERTICAL;
        }
        if (bit(in, p + 3) == 0) {
            if (bit(in, p + 4) == 0) {
                return Prediction.HORIZONTAL;
            }
            return bit(in, p + 5) == 0 ? Prediction.RIGHT_DOWN : Prediction.VERTICAL_RIGHT;
        }
        if (bit(in, p + 6) == 0) {
            return Prediction.LEFT_DOWN;
        }
        if (bit(in, p + 7) == 0) {
            return Prediction.VERTICAL_LEFT;
        }
        return bit(in, p + 8) == 0 ? Prediction.HORIZONTAL_DOWN : Prediction.HORIZONTAL_UP;
    }

    private static int bit(BoolDecoder in, int p) {
        return in.bit(Vp8Tables.SUBBLOCK_MODES[p] & 0xFF);
    }

    private static int chromaMode(BoolDecoder in) {
        if (in.bit(142) == 0) {
            return Prediction.DC;
        }
        if (in.bit(114) == 0) {
            return Prediction.VERTICAL;
        }
        return in.bit(183) == 0 ? Prediction.HORIZONTAL : Prediction.TRUE_MOTION;
    }

    /** Predicts a whole block and adds its residuals, from block {@code first} on. */
    private void block(Plane plane, int size, int mode, int column, int row, int first) {
        int at = plane.index(column * size, row * size);
        Prediction.whole(plane, at, size, mode, column > 0, row > 0);
        int across = size / 4;
        for (int i = 0; i < across * across; i++) {
            add(plane, at + (i / across) * 4 * plane.stride + (i % across) * 4, first + i);
        }
    }

    /** Predicts each subblock from those before it, including their residuals. */
    private void subblocks(int column, int row) {
        Plane plane = frame.y;
        int corner = plane.index(column * 16, row * 16);
        int right = corner - plane.stride + 16;
        if (row > 0 && column == columns - 1) {
            // There is no macroblock to the right: the last sample above is used for its first four.
            Arrays.fill(plane.samples, right, right + 4, plane.samples[right - 1]);
        }
        for (int i = 0; i < 16; i++) {
            int at = corner + (i >> 2) * 4 * plane.stride + (i & 3) * 4;
            Prediction.subblock(plane, at, (i & 3) == 3 ? right : at - plane.stride + 4, modes[i], line);
            add(plane, at, i);
        }
    }

    private void add(Plane plane, int at, int block) {
        if (residuals.counts[block] > 0) {
            Transforms.addCosine(residuals.coefficients, block * 16, plane.samples, at, plane.stride);
        }
    }
}
