package dev.clap4j.internal.image.webp;

/**
 * Smooths block edges after all blocks are decoded (RFC 6386, section 15).
 *
 * @param kind 0 for none, 1 for the simple filter of luminance, 2 for the normal one
 * @param limits limits of differences within a block, by {@code segment * 2 + subblocks}
 * @param thresholds thresholds of high edge variance
 * @param levels edge limits: twice the level plus the inner limit
 */
record LoopFilter(int kind, int[] limits, int[] thresholds, int[] levels) {
    static LoopFilter read(BoolDecoder in, Vp8Header.Segments segments) {
        boolean simple = in.flag();
        int common = in.number(6);
        int sharpness = in.number(3);
        int frameDelta = 0;
        int subblockDelta = 0;
        boolean hasDeltas = in.flag();
        if (hasDeltas && in.flag()) {
            frameDelta = in.optionalSigned(6);
            for (int i = 0; i < 3; i++) {
                in.optionalSigned(6);
            }
            subblockDelta = in.optionalSigned(6);
            for (int i = 0; i < 3; i++) {
                in.optionalSigned(6);
            }
        }
        int n = 2 * Vp8Header.SEGMENTS;
        int[] limits = new int[n];
        int[] thresholds = new int[n];
        int[] levels = new int[n];
        for (int i = 0; i < n; i++) {
            int level = segments.of(i / 2, segments.filterLevels(), common) + frameDelta + i % 2 * subblockDelta;
            level = Math.max(0, Math.min(63, level));
            limits[i] = limit(level, sharpness);
            thresholds[i] = level >= 40 ? 2 : level >= 15 ? 1 : 0;
            levels[i] = level == 0 ? 0 : 2 * level + limits[i];
        }
        return new LoopFilter(common == 0 ? 0 : simple ? 1 : 2, limits, thresholds, levels);
    }

    private static int limit(int level, int sharpness) {
        int limit = level;
        if (sharpness > 0) {
            limit = Math.min(sharpness > 4 ? level >> 2 : level >> 1, 9 - sharpness);
        }
        return Math.max(1, limit);
    }

    /**
     * Smooths a macroblock's left and upper edges and, if {@code inner}, its inner ones.
     *
     * @param which the index of the limits, {@code segment * 2 + subblocks}
     */
    void apply(YuvFrame frame, int column, int row, int which, boolean inner) {
        if (kind == 0 || levels[which] == 0) {
            return;
        }
        int edge = 2 * (levels[which] + 4) + 1;
        int within = 2 * levels[which] + 1;
        if (kind == 1) {
            simple(frame.y, column, row, edge, within, inner);
            return;
        }
        int limit = limits[which];
        int threshold = thresholds[which];
        normal(frame.y, 16, column, row, new int[] {edge, within, limit, threshold}, inner);
        normal(frame.u, 8, column, row, new int[] {edge, within, limit, threshold}, inner);
        normal(frame.v, 8, column, row, new int[] {edge, within, limit, threshold}, inner);
    }

    private static void simple(Plane plane, int column, int row, int edge, int within, boolean inner) {
        byte[] s = plane.samples;
        int at = plane.index(column * 16, row * 16);
        if (column > 0) {
            simple(s, at, 1, plane.stride, edge);
        }
        for (int i = 4; inner && i < 16; i += 4) {
            simple(s, at + i, 1, plane.stride, within);
        }
        if (row > 0) {
            simple(s, at, plane.stride, 1, edge);
        }
        for (int i = 4; inner && i < 16; i += 4) {
            simple(s, at + i * plane.stride, plane.stride, 1, within);
        }
    }

    private static void simple(byte[] s, int at, int across, int along, int limit) {
        for (int i = 0, p = at; i < 16; i++, p += along) {
            if (isSmall(s, p, across, limit)) {
                two(s, p, across);
            }
        }
    }

    private static void normal(Plane plane, int size, int column, int row, int[] limits, boolean inner) {
        byte[] s = plane.samples;
        int at = plane.index(column * size, row * size);
        if (column > 0) {
            edge(s, at, 1, plane.stride, size, limits);
        }
        for (int i = 4; inner && i < size; i += 4) {
            inside(s, at + i, 1, plane.stride, size, limits);
        }
        if (row > 0) {
            edge(s, at, plane.stride, 1, size, limits);
        }
        for (int i = 4; inner && i < size; i += 4) {
            inside(s, at + i * plane.stride, plane.stride, 1, size, limits);
        }
    }

    /** Filters an edge between macroblocks: up to three samples change on either side. */
    private static void edge(byte[] s, int at, int across, int along, int size, int[] limits) {
        for (int i = 0, p = at; i < size; i++, p += along) {
            if (isSmall(s, p, across, limits[0]) && isSmooth(s, p, across, limits[2])) {
                if (isVaried(s, p, across, limits[3])) {
                    two(s, p, across);
                } else {
                    six(s, p, across);
                }
            }
        }
    }

    /** Filters an edge between subblocks: up to two samples change on either side. */
    private static void inside(byte[] s, int at, int across, int along, int size, int[] limits) {
        for (int i = 0, p = at; i < size; i++, p += along) {
            if (isSmall(s, p, across, limits[1]) && isSmooth(s, p, across, limits[2])) {
                if (isVaried(s, p, across, limits[3])) {
                    two(s, p, across);
                } else {
                    four(s, p, across);
                }
            }
        }
    }

    private static int u(byte[] s, int at) {
        return s[at] & 0xFF;
    }

    private static int distance(byte[] s, int a, int b) {
        return Math.abs(u(s, a) - u(s, b));
    }

    private static boolean isSmall(byte[] s, int p, int step, int limit) {
        return 4 * distance(s, p - step, p) + distance(s, p - 2 * step, p + step) <= limit;
    }

    private static boolean isSmooth(byte[] s, int p, int step, int limit) {
        return distance(s, p - 4 * step, p - 3 * step) <= limit
                && distance(s, p - 3 * step, p - 2 * step) <= limit
                && distance(s, p - 2 * step, p - step) <= limit
                && distance(s, p + 3 * step, p + 2 * step) <= limit
                && distance(s, p + 2 * step, p + step) <= limit
                && distance(s, p + step, p) <= limit;
    }

    private static boolean isVaried(byte[] s, int p, int step, int threshold) {
        return distance(s, p - 2 * step, p - step) > threshold || distance(s, p + step, p) > threshold;
    }

    private static void two(byte[] s, int p, int step) {
        int a = 3 * (u(s, p) - u(s, p - step)) + toByte(u(s, p - 2 * step) - u(s, p + step));
        s[p - step] = clip(u(s, p - step) + toFive((a + 3) >> 3));
        s[p] = clip(u(s, p) - toFive((a + 4) >> 3));
    }

    private static void four(byte[] s, int p, int step) {
        int a = 3 * (u(s, p) - u(s, p - step));
        int a1 = toFive((a + 4) >> 3);
        int a3 = (a1 + 1) >> 1;
        s[p - 2 * step] = clip(u(s, p - 2 * step) + a3);
        s[p - step] = clip(u(s, p - step) + toFive((a + 3) >> 3));
        s[p] = clip(u(s, p) - a1);
        s[p + step] = clip(u(s, p + step) - a3);
    }

    private static void six(byte[] s, int p, int step) {
        int a = toByte(3 * (u(s, p) - u(s, p - step)) + toByte(u(s, p - 2 * step) - u(s, p + step)));
        int a1 = (27 * a + 63) >> 7;
        int a2 = (18 * a + 63) >> 7;
        int a3 = (9 * a + 63) >> 7;
        s[p - 3 * step] = clip(u(s, p - 3 * step) + a3);
        s[p - 2 * step] = clip(u(s, p - 2 * step) + a2);
        s[p - step] = clip(u(s, p - step) + a1);
        s[p] = clip(u(s, p) - a1);
        s[p + step] = clip(u(s, p + step) - a2);
        s[p + 2 * step] = clip(u(s, p + 2 * step) - a3);
    }

    private static int toByte(int v) {
        return Math.max(-128, Math.min(127, v));
    }

    private static int toFive(int v) {
        return Math.max(-16, Math.min(15, v));
    }

    private static byte clip(int v) {
        return (byte) Math.max(0, Math.min(255, v));
    }
}
