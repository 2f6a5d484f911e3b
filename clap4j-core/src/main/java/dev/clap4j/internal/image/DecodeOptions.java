package dev.clap4j.internal.image;

import dev.clap4j.ClapException;

/**
 * Options for decoding image files.
 *
 * @param maxPixels images with more pixels are rejected before decoding
 * @param applyOrientation whether a JPEG is rotated according to its EXIF data; the reference does not
 */
public record DecodeOptions(long maxPixels, boolean applyOrientation) {
    /**
     * Pillow's limit, above which it suspects a decompression bomb: twice the number of three-byte pixels in 1/4 GiB.
     */
    private static final long MAX_PIXELS = 2 * (1L << 30) / 4 / 3;

    /**
     * Checks the limit.
     *
     * @throws ClapException if the limit is below 1
     */
    public DecodeOptions {
        if (maxPixels < 1) {
            throw new ClapException("The limit of pixels should be at least 1, not " + maxPixels);
        }
    }

    /** Returns the options of the reference: at most 178 megapixels, orientation ignored. */
    public static DecodeOptions defaults() {
        return new DecodeOptions(MAX_PIXELS, false);
    }

    /** Returns these options with another limit. */
    public DecodeOptions withMaxPixels(long limit) {
        return new DecodeOptions(limit, applyOrientation);
    }

    /** Returns these options with EXIF orientation applied or ignored. */
    public DecodeOptions withOrientation(boolean applied) {
        return new DecodeOptions(maxPixels, applied);
    }
}
