package dev.clap4j.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/** Java's images as bitmaps in the mode that Pillow gives to the same file. */
final class BufferedBitmaps {
    private BufferedBitmaps() {}

    /** By the image's colour model. */
    static Bitmap of(BufferedImage image) {
        ColorModel colours = image.getColorModel();
        if (colours instanceof IndexColorModel palette) {
            return indexed(image.getRaster(), palette);
        }
        int type = colours.getColorSpace().getType();
        int bands = image.getRaster().getNumBands();
        boolean alpha = colours.hasAlpha();
        if (Rasters.isIntegral(image.getRaster()) && !colours.isAlphaPremultiplied()) {
            if (type == ColorSpace.TYPE_GRAY && bands <= 2) {
                return gray(image.getRaster(), alpha);
            }
            if (type == ColorSpace.TYPE_CMYK && bands >= 4) {
                return of(PixelMode.CMYK, image.getRaster());
            }
            if (type == ColorSpace.TYPE_RGB && bands >= 3 && colours.getComponentSize(0) >= 8) {
                return of(alpha ? PixelMode.RGBA : PixelMode.RGB, image.getRaster());
            }
        }
        return converted(image, alpha);
    }

    /** The first bands of the raster as the samples of a mode with 8 bits. */
    static Bitmap of(PixelMode mode, Raster raster) {
        return Bitmap.of(mode, raster.getWidth(), raster.getHeight(), Rasters.bytes(raster, mode.bytes()));
    }

    private static Bitmap gray(Raster raster, boolean alpha) {
        if (alpha) {
            return of(PixelMode.LA, raster);
        }
        return raster.getSampleModel().getSampleSize(0) == 16 ? gray16(raster) : of(PixelMode.L, raster);
    }

    /** The first band as 16-bit gray. */
    static Bitmap gray16(Raster raster) {
        return Bitmap.of(PixelMode.I16, raster.getWidth(), raster.getHeight(), Rasters.shorts(raster));
    }

    /** A palette that is black and white alone is a mode of its own, as is a ramp of grays. */
    private static Bitmap indexed(Raster raster, IndexColorModel colours) {
        byte[] indices = Rasters.bytes(raster, 1);
        byte[] palette = palette(colours);
        int width = raster.getWidth();
        int height = raster.getHeight();
        if (colours.getMapSize() == 2
                && isGray(palette)
                && (palette[0] ^ palette[3]) == -1
                && (palette[0] + 1 & 0xFE) == 0) {
            return Bitmap.of(PixelMode.ONE, width, height, grays(indices, palette));
        }
        return isRamp(palette)
                ? Bitmap.of(PixelMode.L, width, height, indices)
                : Bitmap.ofPalette(width, height, indices, palette);
    }

    /** A gray image that Java holds as indices into a palette of grays. */
    static Bitmap indexedGray(PixelMode mode, Raster raster, IndexColorModel colours) {
        byte[] grays = grays(Rasters.bytes(raster, 1), palette(colours));
        return Bitmap.of(mode, raster.getWidth(), raster.getHeight(), grays);
    }

    private static byte[] grays(byte[] indices, byte[] palette) {
        byte[] grays = new byte[indices.length];
        for (int i = 0; i < grays.length; i++) {
            grays[i] = palette[(indices[i] & 0xFF) * 3];
        }
        return grays;
    }

    /** Red, green and blue of each index. */
    static byte[] palette(IndexColorModel colours) {
        byte[] palette = new byte[colours.getMapSize() * 3];
        for (int i = 0; i < colours.getMapSize(); i++) {
            palette[i * 3] = (byte) colours.getRed(i);
            palette[i * 3 + 1] = (byte) colours.getGreen(i);
            palette[i * 3 + 2] = (byte) colours.getBlue(i);
        }
        return palette;
    }

    private static boolean isGray(byte[] palette) {
        for (int i = 0; i < palette.length; i += 3) {
            if (palette[i] != palette[i + 1] || palette[i] != palette[i + 2]) {
                return false;
            }
        }
        return true;
    }

    /** Whether every index stands for itself as a gray. */
    static boolean isRamp(byte[] palette) {
        for (int i = 0; i < palette.length; i += 3) {
            if ((palette[i] & 0xFF) != i / 3) {
                return false;
            }
        }
        return isGray(palette);
    }

    /** By Java's own colour conversion, for what Pillow has no mode for. */
    private static Bitmap converted(BufferedImage image, boolean alpha) {
        int bands = alpha ? 4 : 3;
        int width = image.getWidth();
        byte[] out = new byte[Math.multiplyExact(width * bands, image.getHeight())];
        int[] row = new int[width];
        int o = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, width, 1, row, 0, width);
            for (int argb : row) {
                out[o++] = (byte) (argb >> 16);
                out[o++] = (byte) (argb >> 8);
                out[o++] = (byte) argb;
                if (alpha) {
                    out[o++] = (byte) (argb >>> 24);
                }
            }
        }
        return Bitmap.of(alpha ? PixelMode.RGBA : PixelMode.RGB, width, image.getHeight(), out);
    }
}
