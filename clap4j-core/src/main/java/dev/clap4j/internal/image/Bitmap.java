package dev.clap4j.internal.image;

import java.awt.image.BufferedImage;

/**
 * A decoded image: rows from top to bottom, pixels from left to right, samples interleaved.
 *
 * <p>Immutable by convention: the arrays must not be modified once they are passed in.
 */
public final class Bitmap {
    private final PixelMode mode;
    private final int width;
    private final int height;
    private final byte[] samples;
    private final byte[] palette;

    /**
     * Creates a bitmap backed by the given arrays, which are not copied.
     *
     * @param samples {@code [height, width, mode.bytes()]}
     * @param palette red, green and blue of each index for {@link PixelMode#P}, else null
     * @throws IllegalArgumentException if the array does not match the size
     */
    Bitmap(PixelMode mode, int width, int height, byte[] samples, byte[] palette) {
        if (width < 1 || height < 1 || samples.length != (long) width * height * mode.bytes()) {
            throw new IllegalArgumentException(
                    samples.length + " bytes for " + width + "×" + height + " pixels of mode " + mode);
        }
        if ((mode == PixelMode.P) != (palette != null)) {
            throw new IllegalArgumentException(
                    "Mode " + mode + (palette == null ? " without" : " with") + " a palette");
        }
        this.mode = mode;
        this.width = width;
        this.height = height;
        this.samples = samples;
        this.palette = palette;
    }

    /**
     * Creates a bitmap of any mode but {@link PixelMode#P}.
     *
     * @param samples {@code [height, width, mode.bytes()]}; not copied
     * @throws IllegalArgumentException if the array does not match the size
     */
    public static Bitmap of(PixelMode mode, int width, int height, byte[] samples) {
        return new Bitmap(mode, width, height, samples, null);
    }

    /**
     * Creates a bitmap of palette indices.
     *
     * @param indices {@code [height, width]}; not copied
     * @param palette red, green and blue of each index; not copied
     */
    public static Bitmap ofPalette(int width, int height, byte[] indices, byte[] palette) {
        return new Bitmap(PixelMode.P, width, height, indices, palette);
    }

    /**
     * Copies an image in memory: to mode L if it has a single 8-bit grey band, else to RGB, or RGBA if it has opacity.
     */
    public static Bitmap of(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        if (image.getType() == BufferedImage.TYPE_BYTE_GRAY) {
            // Not getRGB, which would treat these samples as linear light.
            int[] grey = image.getRaster().getSamples(0, 0, width, height, 0, (int[]) null);
            byte[] samples = new byte[grey.length];
            for (int i = 0; i < grey.length; i++) {
                samples[i] = (byte) grey[i];
            }
            return of(PixelMode.L, width, height, samples);
        }
        boolean opacity = image.getColorModel().hasAlpha();
        int bands = opacity ? 4 : 3;
        byte[] samples = new byte[Math.multiplyExact(Math.multiplyExact(width, height), bands)];
        int[] row = new int[width];
        for (int y = 0; y < height; y++) {
            image.getRGB(0, y, width, 1, row, 0, width);
            for (int x = 0; x < width; x++) {
                int at = (y * width + x) * bands;
                samples[at] = (byte) (row[x] >> 16);
                samples[at + 1] = (byte) (row[x] >> 8);
                samples[at + 2] = (byte) row[x];
                if (opacity) {
                    samples[at + 3] = (byte) (row[x] >> 24);
                }
            }
        }
        return of(opacity ? PixelMode.RGBA : PixelMode.RGB, width, height, samples);
    }

    /** Copies the image to one of Java's, after a conversion to RGB, see {@link #toRgb}. */
    public BufferedImage toImage() {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        byte[] rgb = toRgb().samples();
        int[] row = new int[width];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int at = 3 * (y * width + x);
                row[x] = (rgb[at] & 0xFF) << 16 | (rgb[at + 1] & 0xFF) << 8 | (rgb[at + 2] & 0xFF);
            }
            image.getRaster().setDataElements(0, y, width, 1, row);
        }
        return image;
    }

    /** Creates a bitmap with the same mode and palette. */
    Bitmap with(int newWidth, int newHeight, byte[] newSamples) {
        return new Bitmap(mode, newWidth, newHeight, newSamples, palette);
    }

    /** Returns the meaning of the samples. */
    public PixelMode mode() {
        return mode;
    }

    /** Returns the width in pixels. */
    public int width() {
        return width;
    }

    /** Returns the height in pixels. */
    public int height() {
        return height;
    }

    /** Returns the samples, {@code [height, width, mode.bytes()]}; not copied. */
    public byte[] samples() {
        return samples;
    }

    /** Returns red, green and blue of each index, not copied; null unless the mode is {@link PixelMode#P}. */
    byte[] palette() {
        return palette;
    }

    /** Crops the bitmap at {@code (left, top)}; pixels outside are filled with zeros. */
    public Bitmap crop(int left, int top, int newWidth, int newHeight) {
        return crop(left, top, newWidth, newHeight, 0);
    }

    /** Crops the bitmap at {@code (left, top)}; pixels outside are filled with {@code fill}. */
    Bitmap crop(int left, int top, int newWidth, int newHeight, int fill) {
        if (left == 0 && top == 0 && newWidth == width && newHeight == height) {
            return this;
        }
        int bytes = mode.bytes();
        byte[] cropped = new byte[Math.multiplyExact(newWidth, newHeight) * bytes];
        if (fill != 0) {
            for (int i = 0; i < cropped.length; i += mode.bytesPerBand()) {
                cropped[i] = (byte) fill;
            }
        }
        int fromX = Math.max(left, 0);
        int toX = Math.min(left + newWidth, width);
        for (int y = Math.max(top, 0); y < Math.min(top + newHeight, height) && fromX < toX; y++) {
            System.arraycopy(
                    samples,
                    (y * width + fromX) * bytes,
                    cropped,
                    ((y - top) * newWidth + fromX - left) * bytes,
                    (toX - fromX) * bytes);
        }
        return with(newWidth, newHeight, cropped);
    }

    /** Converts the image to RGB: opacity is dropped, inks are multiplied. */
    public Bitmap toRgb() {
        return PixelModes.toRgb(this);
    }

    /** Returns the samples band by band, {@code [mode.bytes(), height, width]}. */
    public byte[] planes() {
        int bands = mode.bytes();
        int plane = width * height;
        byte[] planes = new byte[samples.length];
        for (int i = 0; i < plane; i++) {
            for (int c = 0; c < bands; c++) {
                planes[c * plane + i] = samples[i * bands + c];
            }
        }
        return planes;
    }

    @Override
    public String toString() {
        return width + "×" + height + " " + mode;
    }
}
