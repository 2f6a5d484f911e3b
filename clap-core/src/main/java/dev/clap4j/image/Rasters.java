package dev.clap4j.image;

import java.awt.image.DataBuffer;
import java.awt.image.Raster;

/** Samples out of Java's rasters, whatever their layout. */
final class Rasters {
    private Rasters() {}

    /** The first bands of every pixel side by side, {@code [height, width, bands]}; the high byte of wider samples. */
    static byte[] bytes(Raster raster, int bands) {
        int width = raster.getWidth();
        byte[] out = new byte[Math.multiplyExact(width * bands, raster.getHeight())];
        int all = raster.getNumBands();
        int shift = Math.max(0, raster.getSampleModel().getSampleSize(0) - 8);
        // Rows at once: a call for each sample would take most of the time of decoding.
        int[] row = new int[width * all];
        int o = 0;
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
            for (int x = 0; x < width; x++) {
                for (int c = 0; c < bands; c++) {
                    out[o++] = (byte) (row[x * all + c] >> shift);
                }
            }
        }
        return out;
    }

    /** The first band with 16 bits, the low byte first. */
    static byte[] shorts(Raster raster) {
        int width = raster.getWidth();
        byte[] out = new byte[Math.multiplyExact(width * 2, raster.getHeight())];
        int[] row = new int[width];
        int o = 0;
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, 0, row);
            for (int value : row) {
                out[o++] = (byte) value;
                out[o++] = (byte) (value >> 8);
            }
        }
        return out;
    }

    /** Whether samples are unsigned integers, which all but scientific images are. */
    static boolean isIntegral(Raster raster) {
        int type = raster.getTransferType();
        return type == DataBuffer.TYPE_BYTE || type == DataBuffer.TYPE_USHORT || type == DataBuffer.TYPE_INT;
    }
}
