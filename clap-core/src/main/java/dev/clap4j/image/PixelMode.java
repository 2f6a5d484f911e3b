package dev.clap4j.image;

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
    I16("I;16", 2);

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

    @Override
    public String toString() {
        return pillowName;
    }
}
