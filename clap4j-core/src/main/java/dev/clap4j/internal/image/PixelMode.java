package dev.clap4j.internal.image;

/**
 * The meaning of a bitmap's samples, by Pillow's mode names. The reference resizes an image in the mode of its file and
 * converts it to RGB only afterwards, which affects palettes, transparency and inks.
 */
public enum PixelMode {
    /** Black and white: one sample, 0 or 255. */
    ONE("1", 1),
    /** Greyscale: one sample. */
    L("L", 1),
    /** Greyscale and opacity. */
    LA("LA", 2),
    /** One index into a palette of colours. */
    P("P", 1),
    /** Red, green, blue. */
    RGB("RGB", 3),
    /** Red, green, blue, opacity. */
    RGBA("RGBA", 4),
    /** Cyan, magenta, yellow, black; 0 means no ink. */
    CMYK("CMYK", 4),
    /** Greyscale with 16 bits, little-endian. */
    I16("I;16", 2),
    /** Greyscale with 16 bits, big-endian; resized as if it were little-endian, as in Pillow. */
    I16B("I;16B", 2),
    /** Greyscale as a signed 32-bit integer, little-endian. */
    I("I", 4),
    /** Greyscale as a 32-bit float, little-endian. */
    F("F", 4);

    private final String pillowName;
    private final int bytes;

    PixelMode(String pillowName, int bytes) {
        this.pillowName = pillowName;
        this.bytes = bytes;
    }

    /** Returns the number of bytes per pixel. */
    public int bytes() {
        return bytes;
    }

    /** Returns whether a pixel is a single number of more than 8 bits. */
    boolean isWide() {
        return this == I16 || this == I16B || this == I || this == F;
    }

    /** Returns the number of bytes per band. */
    int bytesPerBand() {
        return isWide() ? bytes : 1;
    }

    @Override
    public String toString() {
        return pillowName;
    }
}
