package dev.clap4j.internal.image.webp;

import java.io.EOFException;
import java.io.IOException;

/** The opacity of a lossy image, stored in a chunk of its own. */
final class AlphaPlane {
    private static final int HORIZONTAL = 1;
    private static final int VERTICAL = 2;
    private static final int GRADIENT = 3;

    private AlphaPlane() {}

    /**
     * Decodes {@code file[start..end)} to one byte per pixel.
     *
     * @throws IOException if it is malformed or ends too early
     */
    static byte[] decode(byte[] file, int start, int end, int width, int height) throws IOException {
        if (start >= end) {
            throw new EOFException();
        }
        int header = file[start];
        byte[] plane = new byte[Math.multiplyExact(width, height)];
        switch (header & 3) {
            case 0 -> {
                if (end - start - 1 < plane.length) {
                    throw new EOFException();
                }
                System.arraycopy(file, start + 1, plane, 0, plane.length);
            }
            case 1 -> {
                int[] pixels = Vp8lDecoder.decode(file, start + 1, end, width, height);
                for (int i = 0; i < plane.length; i++) {
                    plane[i] = (byte) (pixels[i] >> 8);
                }
            }
            default -> throw new IOException("opacity is packed in an unknown way");
        }
        unfilter(plane, width, header >> 2 & 3);
        return plane;
    }

    /** Adds the prediction from neighbours to each sample. */
    private static void unfilter(byte[] plane, int width, int filter) {
        if (filter == 0) {
            return;
        }
        for (int i = 1; i < plane.length; i++) {
            boolean first = i % width == 0;
            if (i < width || (filter == HORIZONTAL && !first)) {
                plane[i] += plane[i - 1];
            } else if (filter == VERTICAL || first) {
                plane[i] += plane[i - width];
            } else if (filter == GRADIENT) {
                int v = (plane[i - 1] & 0xFF) + (plane[i - width] & 0xFF) - (plane[i - width - 1] & 0xFF);
                plane[i] += (byte) Math.max(0, Math.min(255, v));
            }
        }
    }
}
