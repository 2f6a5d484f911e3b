package dev.clap4j.internal.image.format;

/** Converts YCbCr to RGB with libjpeg's 16-bit fixed-point arithmetic. */
final class YCbCr {
    private static final int BITS = 16;
    private static final int HALF = 1 << (BITS - 1);
    private static final int[] RED_OF_CR = new int[256];
    private static final int[] BLUE_OF_CB = new int[256];
    private static final int[] GREEN_OF_CR = new int[256];
    private static final int[] GREEN_OF_CB = new int[256];

    static {
        for (int i = 0; i < 256; i++) {
            int difference = i - 128;
            RED_OF_CR[i] = (fixed(1.40200) * difference + HALF) >> BITS;
            BLUE_OF_CB[i] = (fixed(1.77200) * difference + HALF) >> BITS;
            GREEN_OF_CR[i] = -fixed(0.71414) * difference;
            GREEN_OF_CB[i] = -fixed(0.34414) * difference + HALF;
        }
    }

    private YCbCr() {}

    private static int fixed(double x) {
        return (int) (x * (1 << BITS) + 0.5);
    }

    /**
     * Converts in place.
     *
     * @param samples the pixels
     * @param step samples per pixel, of which the first three are converted
     */
    static void toRgb(byte[] samples, int step) {
        for (int i = 0; i < samples.length; i += step) {
            int y = samples[i] & 0xFF;
            int cb = samples[i + 1] & 0xFF;
            int cr = samples[i + 2] & 0xFF;
            samples[i] = (byte) clip(y + RED_OF_CR[cr]);
            samples[i + 1] = (byte) clip(y + ((GREEN_OF_CB[cb] + GREEN_OF_CR[cr]) >> BITS));
            samples[i + 2] = (byte) clip(y + BLUE_OF_CB[cb]);
        }
    }

    private static int clip(int value) {
        return value < 0 ? 0 : Math.min(value, 255);
    }
}
