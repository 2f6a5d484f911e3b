package dev.clap4j.internal.image;

import java.util.SplittableRandom;

/** Bitmaps to test with. */
final class Bitmaps {
    private Bitmaps() {}

    /** Random samples of a mode that has no palette. */
    static Bitmap random(PixelMode mode, int width, int height, long seed) {
        byte[] samples = new byte[width * height * mode.bytes()];
        new SplittableRandom(seed).nextBytes(samples);
        return Bitmap.of(mode, width, height, samples);
    }

    /** Mirrored, left for right. */
    static Bitmap mirrored(Bitmap bitmap) {
        return Orientation.apply(bitmap, 2);
    }

    /** Rows become columns. */
    static Bitmap transposed(Bitmap bitmap) {
        return Orientation.apply(bitmap, 5);
    }
}
