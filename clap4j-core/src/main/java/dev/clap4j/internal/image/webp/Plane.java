package dev.clap4j.internal.image.webp;

import java.util.Arrays;

/**
 * One plane of a frame in whole macroblocks, with a row of 127 above and a column of 129 on the left, from which the
 * outermost blocks are predicted (RFC 6386, section 12.2).
 */
final class Plane {
    /** Room for samples above and to the right of the last block. */
    private static final int MARGIN = 4;

    final byte[] samples;
    final int stride;

    Plane(int width, int height) {
        stride = 1 + width + MARGIN;
        samples = new byte[Math.multiplyExact(stride, height + 1)];
        Arrays.fill(samples, 0, stride, (byte) 127);
        for (int y = 1; y <= height; y++) {
            samples[y * stride] = (byte) 129;
        }
    }

    /** Returns the index of a sample. */
    int index(int x, int y) {
        return (y + 1) * stride + 1 + x;
    }
}
