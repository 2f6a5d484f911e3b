package dev.clap4j.internal.image.webp;

import java.util.Arrays;

/** Predicts blocks from the samples above and on the left (RFC 6386, section 12). */
final class Prediction {
    /** Modes shared by whole blocks and subblocks. */
    static final int DC = 0;

    static final int TRUE_MOTION = 1;
    static final int VERTICAL = 2;
    static final int HORIZONTAL = 3;

    /** Modes of subblocks only, named for the direction in which samples are extended. */
    static final int RIGHT_DOWN = 4;

    static final int VERTICAL_RIGHT = 5;
    static final int LEFT_DOWN = 6;
    static final int VERTICAL_LEFT = 7;
    static final int HORIZONTAL_DOWN = 8;
    static final int HORIZONTAL_UP = 9;

    /** Indices on the line of samples from the lower left around the corner to the upper right. */
    private static final int CORNER = 5;

    private static final int ABOVE = CORNER + 1;
    private static final int LINE = 15;

    private Prediction() {}

    /**
     * Predicts a macroblock's luminance or one of its chroma planes.
     *
     * @param size 16 or 8
     * @param left whether there is a block on the left
     * @param above whether there is one above
     */
    static void whole(Plane plane, int at, int size, int mode, boolean left, boolean above) {
        byte[] s = plane.samples;
        int stride = plane.stride;
        switch (mode) {
            case DC -> fill(s, at, stride, size, mean(s, at, stride, size, left, above));
            case VERTICAL -> {
                for (int y = 0; y < size; y++) {
                    System.arraycopy(s, at - stride, s, at + y * stride, size);
                }
            }
            case HORIZONTAL -> {
                for (int y = 0; y < size; y++) {
                    Arrays.fill(s, at + y * stride, at + y * stride + size, s[at + y * stride - 1]);
                }
            }
            default -> trueMotion(s, at, stride, size);
        }
    }

    private static int mean(byte[] s, int at, int stride, int size, boolean left, boolean above) {
        if (!left && !above) {
            return 128;
        }
        int sum = 0;
        for (int i = 0; i < size; i++) {
            sum += above ? s[at - stride + i] & 0xFF : 0;
            sum += left ? s[at + i * stride - 1] & 0xFF : 0;
        }
        int n = left && above ? 2 * size : size;
        return (sum + n / 2) / n;
    }

    private static void fill(byte[] s, int at, int stride, int size, int value) {
        for (int y = 0; y < size; y++) {
            Arrays.fill(s, at + y * stride, at + y * stride + size, (byte) value);
        }
    }

    private static void trueMotion(byte[] s, int at, int stride, int size) {
        int corner = s[at - stride - 1] & 0xFF;
        for (int y = 0; y < size; y++) {
            int base = (s[at + y * stride - 1] & 0xFF) - corner;
            for (int x = 0; x < size; x++) {
                int v = base + (s[at - stride + x] & 0xFF);
                s[at + y * stride + x] = (byte) (v < 0 ? 0 : Math.min(v, 255));
            }
        }
    }

    /**
     * Predicts a subblock of 4 × 4 luminance samples.
     *
     * @param right the index of the four samples above and to the right
     * @param line a buffer from {@link #newLine}
     */
    static void subblock(Plane plane, int at, int right, int mode, int[] line) {
        byte[] s = plane.samples;
        int stride = plane.stride;
        switch (mode) {
            case DC -> fill(s, at, stride, 4, mean(s, at, stride, 4, true, true));
            case TRUE_MOTION -> trueMotion(s, at, stride, 4);
            default -> {
                readLine(s, at, stride, right, line);
                directed(s, at, stride, mode, line);
            }
        }
    }

    static int[] newLine() {
        return new int[LINE];
    }

    /** Reads the line of samples; the first and the last are duplicated, so that every sample has two neighbours. */
    private static void readLine(byte[] s, int at, int stride, int right, int[] line) {
        for (int i = 0; i < 4; i++) {
            line[4 - i] = s[at + i * stride - 1] & 0xFF;
            line[ABOVE + i] = s[at - stride + i] & 0xFF;
            line[ABOVE + 4 + i] = s[right + i] & 0xFF;
        }
        line[CORNER] = s[at - stride - 1] & 0xFF;
        line[0] = line[1];
        line[LINE - 1] = line[LINE - 2];
    }

    private static void directed(byte[] s, int at, int stride, int mode, int[] line) {
        for (int y = 0; y < 4; y++) {
            for (int x = 0; x < 4; x++) {
                s[at + y * stride + x] = (byte) sample(mode, x, y, line);
            }
        }
    }

    private static int sample(int mode, int x, int y, int[] line) {
        return switch (mode) {
            case VERTICAL -> three(line, ABOVE + x);
            case HORIZONTAL -> three(line, CORNER - 1 - y);
            case RIGHT_DOWN -> three(line, CORNER + x - y);
            case LEFT_DOWN -> three(line, ABOVE + 1 + x + y);
            case VERTICAL_RIGHT -> along(line, 2 * x - y, CORNER + x - (y >> 1), CORNER + 1 - y);
            case HORIZONTAL_DOWN -> along(line, 2 * y - x, CORNER - 1 - y + ((x + 1) >> 1), CORNER - 1 + x);
            case VERTICAL_LEFT -> verticalLeft(line, x, y);
            default -> horizontalUp(line, x + 2 * y, line[1]);
        };
    }

    /**
     * Predicts along the line: even steps lie between two samples, odd ones on a sample; before the corner the line
     * turns.
     */
    private static int along(int[] line, int step, int low, int turned) {
        if (step < -1) {
            return three(line, turned);
        }
        if (step == -1) {
            return three(line, CORNER);
        }
        return step % 2 == 0 ? two(line, low) : three(line, low);
    }

    private static int verticalLeft(int[] line, int x, int y) {
        if (x == 3 && y >= 2) {
            return three(line, ABOVE + 3 + y);
        }
        int first = ABOVE + x + (y >> 1);
        return y % 2 == 0 ? two(line, first) : three(line, first + 1);
    }

    private static int horizontalUp(int[] line, int step, int last) {
        int sample = 4 - (step >> 1);
        if (step > 5) {
            return last;
        }
        return step % 2 == 0 ? two(line, sample - 1) : three(line, sample - 1);
    }

    /** Averages a sample and the next one. */
    private static int two(int[] line, int i) {
        return (line[i] + line[i + 1] + 1) >> 1;
    }

    /** Averages a sample, weighted twice, and its neighbours. */
    private static int three(int[] line, int i) {
        return (line[i - 1] + 2 * line[i] + line[i + 1] + 2) >> 2;
    }
}
