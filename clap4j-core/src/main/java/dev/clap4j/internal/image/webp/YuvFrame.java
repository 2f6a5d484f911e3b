package dev.clap4j.internal.image.webp;

/** A decoded frame: luminance, and chroma at half its size. */
final class YuvFrame {
    final int width;
    final int height;
    final Plane y;
    final Plane u;
    final Plane v;

    YuvFrame(int width, int height, int columns, int rows) {
        this.width = width;
        this.height = height;
        y = new Plane(columns * 16, rows * 16);
        u = new Plane(columns * 8, rows * 8);
        v = new Plane(columns * 8, rows * 8);
    }

    /**
     * Writes red, green and blue of every pixel. Chroma is interpolated as libwebp does by default: with weights of
     * nine, three, three and one sixteenths, rounded in two steps.
     *
     * @param out pixels of {@code bands} samples, of which the first three are written
     * @param at the index of the first pixel
     * @param bands samples per pixel
     * @param rowLength the distance between rows in samples
     */
    void toRgb(byte[] out, int at, int bands, int rowLength) {
        int halfHeight = (height + 1) / 2;
        for (int row = 0; row < height; row++) {
            int near = row / 2;
            int far = (row & 1) == 0 ? near - 1 : near + 1;
            if (far < 0 || far >= halfHeight) {
                far = near;
            }
            toRgb(row, u.index(0, near), u.index(0, far), out, at + row * rowLength, bands);
        }
    }

    private void toRgb(int row, int near, int far, byte[] out, int at, int bands) {
        int luma = y.index(0, row);
        int last = (width - 1) >> 1;
        for (int x = 0; x < width; x++) {
            int half = x >> 1;
            int beside = (x & 1) == 0 ? half - 1 : half + 1;
            int cb;
            int cr;
            if (beside < 0 || beside > last || (x == width - 1 && (width & 1) == 0)) {
                cb = vertical(u.samples, near + half, far + half);
                cr = vertical(v.samples, near + half, far + half);
            } else {
                cb = diagonal(u.samples, near + half, near + beside, far + half, far + beside);
                cr = diagonal(v.samples, near + half, near + beside, far + half, far + beside);
            }
            write(y.samples[luma + x] & 0xFF, cb, cr, out, at + x * bands);
        }
    }

    private static int vertical(byte[] s, int near, int far) {
        return (3 * (s[near] & 0xFF) + (s[far] & 0xFF) + 2) >> 2;
    }

    private static int diagonal(byte[] s, int near, int beside, int far, int opposite) {
        int a = s[near] & 0xFF;
        int b = s[beside] & 0xFF;
        int c = s[far] & 0xFF;
        int d = s[opposite] & 0xFF;
        return (((a + 3 * b + 3 * c + d + 8) >> 3) + a) >> 1;
    }

    private static void write(int luma, int cb, int cr, byte[] out, int at) {
        int bright = times(luma, 19077);
        out[at] = clip(bright + times(cr, 26149) - 14234);
        out[at + 1] = clip(bright - times(cb, 6419) - times(cr, 13320) + 8708);
        out[at + 2] = clip(bright + times(cb, 33050) - 17685);
    }

    private static int times(int sample, int factor) {
        return (sample * factor) >> 8;
    }

    private static byte clip(int v) {
        return (byte) (v < 0 ? 0 : Math.min(v >> 6, 255));
    }
}
