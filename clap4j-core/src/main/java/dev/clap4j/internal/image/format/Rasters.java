package dev.clap4j.internal.image.format;

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
}
