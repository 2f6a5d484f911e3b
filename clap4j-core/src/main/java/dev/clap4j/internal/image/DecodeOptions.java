package dev.clap4j.internal.image;

/**
 * How image files are read.
 *
 * @param maxPixels images with more pixels are refused before anything is decoded
 * @param applyOrientation whether a JPEG is turned as its EXIF data say; the reference does not
 */
public record DecodeOptions(long maxPixels, boolean applyOrientation) {
    /** Pillow's limit, above which it suspects an attack: 1/4 GiB of three-byte pixels, twice. */
    private static final long MAX_PIXELS = 2 * (1L << 30) / 4 / 3;

    /**
     * Checks the limit.
     *
     * @throws IllegalArgumentException if it admits nothing
     */
    public DecodeOptions {
        if (maxPixels < 1) {
            throw new IllegalArgumentException("A limit of " + maxPixels + " pixels admits no image");
        }
    }

    /** As the reference does it: at most 178 megapixels, orientation ignored. */
    public static DecodeOptions defaults() {
        return new DecodeOptions(MAX_PIXELS, false);
    }

    /** The same with another limit. */
    public DecodeOptions withMaxPixels(long limit) {
        return new DecodeOptions(limit, applyOrientation);
    }

    /** The same, turning images as their EXIF data say or not. */
    public DecodeOptions withOrientation(boolean applied) {
        return new DecodeOptions(maxPixels, applied);
    }
}
