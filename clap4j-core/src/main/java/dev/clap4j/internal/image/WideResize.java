package dev.clap4j.internal.image;

/**
 * The two passes of {@link PillowResize} for grey levels of more than 8 bits, which Pillow computes in floating point.
 */
final class WideResize {
    private WideResize() {}

    static byte[] resize(Bitmap bitmap, ResampleTable across, ResampleTable down, PillowResize.Window window) {
        PixelMode mode = bitmap.mode();
        int width = window.width();
        int bytes = mode.bytes();
        byte[] out = new byte[Math.multiplyExact(window.height(), width) * bytes];
        double[] row = new double[width];
        RowSums<double[]> sums = new RowSums<>(down, window, () -> new double[width]);
        for (int y = sums.firstRow(); y < sums.endRow(); y++) {
            for (int x = 0; x < width; x++) {
                row[x] = across == null ? sample(bitmap, window.left() + x, y) : across(bitmap, across, x, y);
            }
            sums.add(y, (sum, k) -> {
                double weight = down == null ? 1 : down.exact[k];
                for (int x = 0; x < width; x++) {
                    sum[x] += row[x] * weight;
                }
            });
            sums.take(y, (i, sum) -> {
                for (int x = 0; x < width; x++) {
                    write(out, (i * width + x) * bytes, mode, down == null ? sum[x] : rounded(sum[x], mode));
                }
                java.util.Arrays.fill(sum, 0);
            });
        }
        return out;
    }

    private static double sample(Bitmap bitmap, int x, int y) {
        int pixel = y * bitmap.width() + x;
        byte[] samples = bitmap.samples();
        return switch (bitmap.mode()) {
            case I16, I16B -> (samples[pixel * 2] & 0xFF) | (samples[pixel * 2 + 1] & 0xFF) << 8;
            case I -> PixelModes.number(samples, pixel);
            default -> Float.intBitsToFloat(PixelModes.number(samples, pixel));
        };
    }

    private static double across(Bitmap bitmap, ResampleTable table, int x, int y) {
        double sum = 0;
        for (int k = 0; k < table.count[x]; k++) {
            sum += sample(bitmap, table.first[x] + k, y) * table.exact[x * table.stride + k];
        }
        return rounded(sum, bitmap.mode());
    }

    /** Rounds and clamps a sum to the range of the mode. */
    private static double rounded(double sum, PixelMode mode) {
        return switch (mode) {
            case I16, I16B -> Math.max(0, Math.min(65535, Math.floor(sum + 0.5)));
            case I -> sum >= 0 ? Math.floor(sum + 0.5) : -Math.floor(0.5 - sum);
            default -> (float) sum;
        };
    }

    private static void write(byte[] out, int at, PixelMode mode, double value) {
        int number = mode == PixelMode.F ? Float.floatToRawIntBits((float) value) : (int) value;
        for (int b = 0; b < mode.bytes(); b++) {
            out[at + b] = (byte) (number >> (8 * b));
        }
    }
}
