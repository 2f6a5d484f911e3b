package dev.clap4j.internal.image;

/** Rotates and mirrors bitmaps by EXIF orientation. */
public final class Orientation {
    private Orientation() {}

    /**
     * Returns the bitmap in its upright orientation.
     *
     * @param orientation 1 to 8
     */
    public static Bitmap apply(Bitmap bitmap, int orientation) {
        if (orientation == 1) {
            return bitmap;
        }
        boolean transposed = orientation >= 5;
        int width = transposed ? bitmap.height() : bitmap.width();
        int height = transposed ? bitmap.width() : bitmap.height();
        boolean fromRight = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
        boolean fromBottom = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
        int bytes = bitmap.mode().bytes();
        byte[] in = bitmap.samples();
        byte[] out = new byte[in.length];
        int o = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int column = transposed ? y : x;
                int row = transposed ? x : y;
                column = fromRight ? bitmap.width() - 1 - column : column;
                row = fromBottom ? bitmap.height() - 1 - row : row;
                int from = (row * bitmap.width() + column) * bytes;
                for (int c = 0; c < bytes; c++) {
                    out[o++] = in[from + c];
                }
            }
        }
        return bitmap.with(width, height, out);
    }
}
