package dev.clap4j.iconworld.icon;

/**
 * A rasterised drawing, scaled to fit a square and centred in it.
 *
 * @param side side of the square in pixels
 * @param argb premultiplied ARGB, row by row; 0 where nothing is drawn
 */
public record Glyph(int side, int[] argb) {
    /** Returns the glyph at half the size, by averaging 2 × 2 pixels; the side must be even. */
    Glyph half() {
        int half = side / 2;
        int[] mean = new int[half * half];
        for (int y = 0; y < half; y++) {
            for (int x = 0; x < half; x++) {
                int at = 2 * y * side + 2 * x;
                mean[y * half + x] = mean(argb[at], argb[at + 1], argb[at + side], argb[at + side + 1]);
            }
        }
        return new Glyph(half, mean);
    }

    private static int mean(int a, int b, int c, int d) {
        int mean = 0;
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            int sum = (a >>> shift & 0xFF) + (b >>> shift & 0xFF) + (c >>> shift & 0xFF) + (d >>> shift & 0xFF);
            mean |= ((sum + 2) / 4) << shift;
        }
        return mean;
    }
}
