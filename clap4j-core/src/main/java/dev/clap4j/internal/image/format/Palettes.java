package dev.clap4j.internal.image.format;

import dev.clap4j.internal.image.Bitmap;
import dev.clap4j.internal.image.PixelMode;

/** Palettes: red, green and blue of each index. */
final class Palettes {
    private Palettes() {}

    /**
     * Creates a bitmap of indices, or of grey levels if there is no palette or it maps every index to the same level.
     */
    static Bitmap bitmap(int width, int height, byte[] indices, byte[] palette) {
        return isRamp(palette)
                ? Bitmap.of(PixelMode.L, width, height, indices)
                : Bitmap.ofPalette(width, height, indices, palette);
    }

    private static boolean isRamp(byte[] palette) {
        for (int i = 0; i < palette.length; i++) {
            if ((palette[i] & 0xFF) != i / 3) {
                return false;
            }
        }
        return true;
    }
}
