package dev.clap4j.internal.image;

/**
 * What the samples of a bitmap mean, with Pillow's names: the reference resizes an image in the mode of its file and
 * converts it to RGB only afterwards, which shows in palettes, transparency and inks.
 */
public enum PixelMode {
    /** Black and white: one sample, 0 or 255. */
    ONE("1", 1),
    /** Gray: one sample. */
    L("L", 1),
    /** Gray and opacity. */
    LA("LA", 2),
    /** One index into a palette of colours. */
    P("P", 1),
    /** Red, green, blue. */
    RGB("RGB", 3),
    /** Red, green, blue, opacity. */
    RGBA("RGBA", 4),
    /** Cyan, magenta, yellow, black; 0 is no ink. */
    CMYK("CMYK", 4),
    /** Gray with 16 bits: two bytes, the low one first. */
    I16("I;16", 2),
    /** The same with the high byte first; it is resized as if the low one came first, as Pillow does. */
    I16B("I;16B", 2),
    /** Gray as an integer: four bytes with a sign, the low one first. */
    I("I", 4),
    /** Gray as a floating point number of 32 bits, its low byte first. */
    F("F", 4);

    private final String pillowName;
    private final int bytes;

    PixelMode(String pillowName, int bytes) {
        this.pillowName = pillowName;
        this.bytes = bytes;
    }

    /** The bytes of a pixel. */
    public int bytes() {
        return bytes;
    }

    /** Whether a pixel is one number of more than 8 bits. */
    boolean isWide() {
        return this == I16 || this == I16B || this == I || this == F;
    }

    /** The bytes of one of a pixel's numbers. */
    int bytesPerBand() {
        return isWide() ? bytes : 1;
    }

    @Override
    public String toString() {
        return pillowName;
    }
}
