package dev.clap4j.internal.image;

import java.util.Arrays;

/**
 * Resizing with results identical to Pillow's, byte for byte.
 *
 * <p>Two passes, horizontal then vertical, with fixed-point weights and rounding to 8 bits between them. Only the
 * requested window is computed, with the same pixels as in the whole. One source row is held at a time.
 */
public final class PillowResize {
    private static final int HALF = 1 << (ResampleTable.PRECISION - 1);

    private PillowResize() {}

    /**
     * Resizes the whole image in its own mode. Palette indices and black-and-white pixels are never mixed: they use
     * nearest neighbour whatever the filter.
     *
     * @param width width of the result in pixels, at least 1
     * @param height height of the result in pixels, at least 1
     */
    public static Bitmap resize(Bitmap bitmap, int width, int height, Resampling filter) {
        return resize(bitmap, width, height, filter, new Window(0, 0, width, height));
    }

    /** A window within the result. */
    record Window(int left, int top, int width, int height) {}

    static Bitmap resize(Bitmap bitmap, int width, int height, Resampling filter, Window window) {
        if (width == bitmap.width() && height == bitmap.height()) {
            return bitmap.crop(window.left, window.top, window.width, window.height);
        }
        PixelMode mode = bitmap.mode();
        if (filter == Resampling.NEAREST || mode == PixelMode.P || mode == PixelMode.ONE) {
            return nearest(bitmap, width, height, window);
        }
        ResampleTable across = width == bitmap.width()
                ? null
                : new ResampleTable(filter, bitmap.width(), width, window.left, window.width);
        ResampleTable down = height == bitmap.height()
                ? null
                : new ResampleTable(filter, bitmap.height(), height, window.top, window.height);
        if (mode.isWide()) {
            return bitmap.with(window.width, window.height, WideResize.resize(bitmap, across, down, window));
        }
        boolean alpha = mode == PixelMode.LA || mode == PixelMode.RGBA;
        byte[] samples = alpha ? PixelModes.premultiply(bitmap.samples(), mode.bytes()) : bitmap.samples();
        byte[] resized = resize(bitmap.with(bitmap.width(), bitmap.height(), samples), across, down, window);
        if (alpha) {
            PixelModes.unpremultiply(resized, mode.bytes());
        }
        return bitmap.with(window.width, window.height, resized);
    }

    private static byte[] resize(Bitmap bitmap, ResampleTable across, ResampleTable down, Window window) {
        int rowLength = window.width * bitmap.mode().bytes();
        byte[] out = new byte[Math.multiplyExact(window.height, rowLength)];
        // Samples as ints: the vertical pass is then plain integer arithmetic on arrays, which the JIT vectorises.
        int[] row = new int[rowLength];
        RowSums<int[]> sums = new RowSums<>(down, window, () -> halves(new int[rowLength]));
        for (int y = sums.firstRow(); y < sums.endRow(); y++) {
            if (across == null) {
                copyRow(bitmap, y, window.left, row);
            } else {
                row(bitmap, y, across, row);
            }
            if (down == null) {
                write(row, 0, out, (y - window.top) * rowLength);
                continue;
            }
            sums.add(y, (sum, k) -> addScaled(row, down.fixed[k], sum));
            sums.take(y, (i, sum) -> {
                write(sum, ResampleTable.PRECISION, out, i * rowLength);
                halves(sum);
            });
        }
        return out;
    }

    private static int[] halves(int[] sums) {
        Arrays.fill(sums, HALF);
        return sums;
    }

    private static void write(int[] sums, int shift, byte[] out, int at) {
        for (int i = 0; i < sums.length; i++) {
            out[at + i] = (byte) Math.min(255, Math.max(0, sums[i] >> shift));
        }
    }

    private static void copyRow(Bitmap bitmap, int y, int left, int[] row) {
        int bytes = bitmap.mode().bytes();
        int from = (y * bitmap.width() + left) * bytes;
        byte[] samples = bitmap.samples();
        for (int i = 0; i < row.length; i++) {
            row[i] = samples[from + i] & 0xFF;
        }
    }

    private static void row(Bitmap bitmap, int y, ResampleTable table, int[] row) {
        int from = y * bitmap.width() * bitmap.mode().bytes();
        switch (bitmap.mode().bytes()) {
            case 1 -> row1(bitmap.samples(), from, table, row);
            case 3 -> row3(bitmap.samples(), from, table, row);
            default -> rowN(bitmap.samples(), from, bitmap.mode().bytes(), table, row);
        }
    }

    private static void row1(byte[] in, int from, ResampleTable table, int[] row) {
        int[] weights = table.fixed;
        for (int x = 0; x < table.first.length; x++) {
            int w = x * table.stride;
            int p = from + table.first[x];
            int sum = HALF;
            for (int k = 0; k < table.count[x]; k++) {
                sum += (in[p + k] & 0xFF) * weights[w + k];
            }
            row[x] = clip(sum);
        }
    }

    private static void row3(byte[] in, int from, ResampleTable table, int[] row) {
        int[] weights = table.fixed;
        for (int x = 0; x < table.first.length; x++) {
            int w = x * table.stride;
            int p = from + table.first[x] * 3;
            int end = w + table.count[x];
            int red = HALF;
            int green = HALF;
            int blue = HALF;
            for (; w < end; w++, p += 3) {
                int weight = weights[w];
                red += (in[p] & 0xFF) * weight;
                green += (in[p + 1] & 0xFF) * weight;
                blue += (in[p + 2] & 0xFF) * weight;
            }
            int o = x * 3;
            row[o] = clip(red);
            row[o + 1] = clip(green);
            row[o + 2] = clip(blue);
        }
    }

    private static void rowN(byte[] in, int from, int bands, ResampleTable table, int[] row) {
        int[] weights = table.fixed;
        for (int x = 0; x < table.first.length; x++) {
            int w = x * table.stride;
            for (int c = 0; c < bands; c++) {
                int p = from + table.first[x] * bands + c;
                int sum = HALF;
                for (int k = 0; k < table.count[x]; k++) {
                    sum += (in[p + k * bands] & 0xFF) * weights[w + k];
                }
                row[x * bands + c] = clip(sum);
            }
        }
    }

    private static void addScaled(int[] row, int weight, int[] sums) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += row[i] * weight;
        }
    }

    private static int clip(int sum) {
        return Math.min(255, Math.max(0, sum >> ResampleTable.PRECISION));
    }

    private static Bitmap nearest(Bitmap bitmap, int width, int height, Window window) {
        int bytes = bitmap.mode().bytes();
        boolean adds = bitmap.mode() != PixelMode.I16 && bitmap.mode() != PixelMode.I16B;
        int[] columns = nearest(bitmap.width(), width, window.left, window.width, adds);
        int[] rows = nearest(bitmap.height(), height, window.top, window.height, adds);
        byte[] in = bitmap.samples();
        byte[] out = new byte[Math.multiplyExact(window.width, window.height) * bytes];
        int o = 0;
        for (int row : rows) {
            for (int column : columns) {
                int from = (row * bitmap.width() + column) * bytes;
                for (int c = 0; c < bytes; c++) {
                    out[o++] = in[from + c];
                }
            }
        }
        return bitmap.with(window.width, window.height, out);
    }

    /**
     * Returns the source pixel of each output pixel. Positions are accumulated by addition, except for 16-bit grey,
     * where they are multiplied: Pillow's rounding errors decide some ties.
     */
    private static int[] nearest(int oldSize, int newSize, int from, int wanted, boolean adds) {
        double step = (double) oldSize / newSize;
        double position = step * 0.5;
        int[] indices = new int[wanted];
        for (int i = 0; i < from + wanted; i++, position = adds ? position + step : step * (i + 0.5)) {
            if (i >= from) {
                indices[i - from] = Math.min((int) position, oldSize - 1);
            }
        }
        return indices;
    }
}
