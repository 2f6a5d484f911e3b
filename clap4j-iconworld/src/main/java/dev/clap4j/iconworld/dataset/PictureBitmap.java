package dev.clap4j.iconworld.dataset;

import dev.clap4j.internal.image.Bitmap;
import dev.clap4j.internal.image.PixelMode;

/** Converts painted pictures to bitmaps. */
public final class PictureBitmap {
    private PictureBitmap() {}

    /**
     * Interleaves the samples of a picture.
     *
     * @param planar bytes {@code [3, side, side]}: red, green, blue
     */
    public static Bitmap of(byte[] planar, int side) {
        int pixels = side * side;
        byte[] samples = new byte[3 * pixels];
        for (int channel = 0; channel < 3; channel++) {
            for (int i = 0; i < pixels; i++) {
                samples[3 * i + channel] = planar[channel * pixels + i];
            }
        }
        return Bitmap.of(PixelMode.RGB, side, side, samples);
    }
}
