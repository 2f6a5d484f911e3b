package dev.clap4j.internal.image.format;

import dev.clap4j.internal.image.PixelMode;
import java.io.IOException;
import java.util.Arrays;

/**
 * A layout of pixels of 16, 24 or 32 bits.
 *
 * @param bits bits per pixel
 * @param shifts bit offsets of red, green, blue and, if present, opacity
 * @param widths bits of each
 */
record BmpPixels(int bits, int[] shifts, int[] widths) {
    private static final long[][] KNOWN_32 = {
        {0xFF0000, 0xFF00, 0xFF, 0},
        {0xFF000000L, 0xFF0000, 0xFF00, 0},
        {0xFF000000L, 0xFF00, 0xFF, 0},
        {0xFF000000L, 0xFF0000, 0xFF00, 0xFF},
        {0xFF, 0xFF00, 0xFF0000, 0xFF000000L},
        {0xFF0000, 0xFF00, 0xFF, 0xFF000000L},
        {0xFF000000L, 0xFF00, 0xFF, 0xFF0000},
    };

    private static final long[] RGB_565 = {0xF800, 0x7E0, 0x1F, 0};
    private static final long[] RGB_555 = {0x7C00, 0x3E0, 0x1F, 0};
    private static final long[] BGR = {0xFF0000, 0xFF00, 0xFF, 0};
    private static final long[] BGRA = {0xFF0000, 0xFF00, 0xFF, 0xFF000000L};

    /**
     * Returns a layout supported by Pillow.
     *
     * @param masks of red, green, blue and opacity; null for the usual ones
     */
    static BmpPixels of(int bits, long[] masks) throws IOException {
        long[] used = masks == null ? usual(bits) : masks;
        if (bits == 32 && Arrays.stream(used).allMatch(mask -> mask == 0)) {
            used = BGRA;
        }
        long[] colours = bits == 32 ? used : new long[] {used[0], used[1], used[2], 0};
        boolean known =
                switch (bits) {
                    case 16 -> Arrays.equals(colours, RGB_565) || Arrays.equals(colours, RGB_555);
                    case 24 -> Arrays.equals(colours, BGR);
                    case 32 -> Arrays.stream(KNOWN_32).anyMatch(layout -> Arrays.equals(layout, colours));
                    default -> false;
                };
        if (!known) {
            throw new IOException("pixels of " + bits + " bits in an unknown layout");
        }
        int bands = colours[3] == 0 ? 3 : 4;
        int[] shifts = new int[bands];
        int[] widths = new int[bands];
        for (int c = 0; c < bands; c++) {
            shifts[c] = Long.numberOfTrailingZeros(colours[c]);
            widths[c] = Long.bitCount(colours[c]);
        }
        return new BmpPixels(bits, shifts, widths);
    }

    private static long[] usual(int bits) {
        return bits == 16 ? RGB_555 : BGR;
    }

    PixelMode mode() {
        return shifts.length == 4 ? PixelMode.RGBA : PixelMode.RGB;
    }

    void row(byte[] in, int from, int width, byte[] out, int to) {
        int bytes = bits / 8;
        int bands = shifts.length;
        if (bits > 16) {
            for (int c = 0; c < bands; c++) {
                int band = from + shifts[c] / 8;
                for (int x = 0; x < width; x++) {
                    out[to + x * bands + c] = in[band + x * bytes];
                }
            }
            return;
        }
        for (int x = 0; x < width; x++) {
            int pixel = 0;
            for (int b = 0; b < bytes; b++) {
                pixel |= (in[from + x * bytes + b] & 0xFF) << (8 * b);
            }
            for (int c = 0; c < bands; c++) {
                int most = (1 << widths[c]) - 1;
                int value = pixel >>> shifts[c] & most;
                out[to + x * bands + c] = (byte) (value * 255 / most);
            }
        }
    }
}
