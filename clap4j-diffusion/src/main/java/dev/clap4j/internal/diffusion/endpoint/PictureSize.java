package dev.clap4j.internal.diffusion.endpoint;

import dev.clap4j.ClapException;

/**
 * The size of the pictures that are asked for.
 *
 * @param width width in pixels; 0, as the height, for the server's choice
 * @param height height in pixels
 */
public record PictureSize(int width, int height) {
    private static final int MOST = 4096;

    /**
     * Checks the size.
     *
     * @throws ClapException if an edge is out of range
     */
    public PictureSize {
        boolean isOpen = width == 0 && height == 0;
        if (!isOpen && (Math.min(width, height) < 1 || Math.max(width, height) > MOST)) {
            throw new ClapException(
                    "The edges of a picture should be of 1 to " + MOST + " pixels, not " + width + " by " + height);
        }
    }

    /** Returns a size whose edges may both be null for the server's choice. */
    public static PictureSize of(Integer width, Integer height) {
        return new PictureSize(width == null ? 0 : width, height == null ? 0 : height);
    }

    boolean isSet() {
        return width > 0;
    }

    boolean admits(int otherWidth, int otherHeight) {
        return !isSet() || (otherWidth == width && otherHeight == height);
    }

    @Override
    public String toString() {
        return isSet() ? width + "x" + height : "";
    }
}
