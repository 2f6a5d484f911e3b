package dev.clap4j.image;

import dev.clap4j.ClapException;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.nio.ByteBuffer;

/**
 * PNG files to bitmaps. The mode follows from the file's colour type alone: a transparent colour of an image without
 * an alpha channel is ignored, and colours with 16 bits lose their low byte.
 */
final class PngDecoder {
    private static final int HEADER = 8 + 8 + 13;

    private PngDecoder() {}

    /** What the first chunk of every PNG file says. */
    record Header(int width, int height, int depth, int colourType) {
        /** Reads it; zeros if the file is too short or begins with another chunk. */
        static Header read(byte[] file) {
            ByteBuffer bytes = ByteBuffer.wrap(file);
            if (file.length < HEADER || bytes.getInt(12) != 0x49484452) {
                return new Header(0, 0, 0, 0);
            }
            return new Header(bytes.getInt(16), bytes.getInt(20), bytes.get(24), bytes.get(25));
        }
    }

    static Bitmap decode(BufferedImage image, Header header, String name) {
        Raster raster = image.getRaster();
        boolean wide = header.depth == 16;
        return switch (header.colourType) {
            case 0 -> wide ? BufferedBitmaps.gray16(raster) : gray(image, header.depth);
            case 2 -> BufferedBitmaps.of(PixelMode.RGB, raster);
            case 3 -> palette(image);
            case 4 -> wide ? withAlpha(raster) : BufferedBitmaps.of(PixelMode.LA, raster);
            case 6 -> BufferedBitmaps.of(PixelMode.RGBA, raster);
            default ->
                throw new ClapException(
                        "Cannot decode " + name + ": it is a PNG file of the unknown colour type " + header.colourType);
        };
    }

    private static Bitmap gray(BufferedImage image, int depth) {
        PixelMode mode = depth == 1 ? PixelMode.ONE : PixelMode.L;
        return image.getColorModel() instanceof IndexColorModel colours
                ? BufferedBitmaps.indexedGray(mode, image.getRaster(), colours)
                : BufferedBitmaps.of(mode, image.getRaster());
    }

    private static Bitmap palette(BufferedImage image) {
        byte[] palette = BufferedBitmaps.palette((IndexColorModel) image.getColorModel());
        return Bitmap.ofPalette(image.getWidth(), image.getHeight(), Rasters.bytes(image.getRaster(), 1), palette);
    }

    /** Pillow has no gray with opacity in 16 bits and makes it RGBA. */
    private static Bitmap withAlpha(Raster raster) {
        byte[] grays = Rasters.bytes(raster, 2);
        byte[] samples = new byte[grays.length * 2];
        for (int i = 0, o = 0; i < grays.length; i += 2, o += 4) {
            samples[o] = grays[i];
            samples[o + 1] = grays[i];
            samples[o + 2] = grays[i];
            samples[o + 3] = grays[i + 1];
        }
        return Bitmap.of(PixelMode.RGBA, raster.getWidth(), raster.getHeight(), samples);
    }
}
