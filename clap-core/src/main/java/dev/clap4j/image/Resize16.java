package dev.clap4j.image;

/** The two passes of {@link PillowResize} for 16-bit gray, which Pillow computes in floating point. */
final class Resize16 {
    private Resize16() {}

    static byte[] resize(Bitmap bitmap, ResampleTable across, ResampleTable down, PillowResize.Window window) {
        int firstRow = down == null ? window.top() : down.first[0];
        int endRow = down == null ? window.top() + window.height() : down.end();
        int width = window.width();
        int[] rows = new int[Math.multiplyExact(endRow - firstRow, width)];
        for (int y = firstRow; y < endRow; y++) {
            for (int x = 0; x < width; x++) {
                rows[(y - firstRow) * width + x] =
                        across == null ? sample(bitmap, window.left() + x, y) : across(bitmap, across, x, y);
            }
        }
        byte[] out = new byte[window.height() * width * 2];
        for (int y = 0; y < window.height(); y++) {
            for (int x = 0; x < width; x++) {
                int value = down == null ? rows[y * width + x] : down(rows, width, down, x, y, firstRow);
                out[(y * width + x) * 2] = (byte) value;
                out[(y * width + x) * 2 + 1] = (byte) (value >> 8);
            }
        }
        return out;
    }

    private static int sample(Bitmap bitmap, int x, int y) {
        int at = (y * bitmap.width() + x) * 2;
        return (bitmap.samples()[at] & 0xFF) | (bitmap.samples()[at + 1] & 0xFF) << 8;
    }

    private static int across(Bitmap bitmap, ResampleTable table, int x, int y) {
        double sum = 0;
        for (int k = 0; k < table.count[x]; k++) {
            sum += sample(bitmap, table.first[x] + k, y) * table.exact[x * table.stride + k];
        }
        return clip(sum);
    }

    private static int down(int[] rows, int width, ResampleTable table, int x, int y, int firstRow) {
        double sum = 0;
        for (int k = 0; k < table.count[y]; k++) {
            sum += rows[(table.first[y] - firstRow + k) * width + x] * table.exact[y * table.stride + k];
        }
        return clip(sum);
    }

    private static int clip(double sum) {
        return (int) Math.max(0, Math.min(65535, Math.floor(sum + 0.5)));
    }
}
