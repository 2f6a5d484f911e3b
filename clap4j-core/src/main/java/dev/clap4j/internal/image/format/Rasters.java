package dev.clap4j.internal.image.format;

import java.awt.image.Raster;

/** Extracts samples from Java's rasters, whatever their layout. */
final class Rasters {
    private Rasters() {}

    /** Returns the first bands of every pixel, {@code [height, width, bands]}; for wider samples, the high byte. */
    static byte[] bytes(Raster raster, int bands) {
        int width = raster.getWidth();
        byte[] out = new byte[Math.multiplyExact(width * bands, raster.getHeight())];
        int all = raster.getNumBands();
        int shift = Math.max(0, raster.getSampleModel().getSampleSize(0) - 8);
        // Reads whole rows: a call for each sample would dominate the decoding time.
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
