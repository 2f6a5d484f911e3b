package dev.clap4j.dataset;

import java.util.Map;

/**
 * An endless stream of images with captions and random access: a sample depends only on its index and on the seed of
 * the source. Thread-safe.
 */
public interface CaptionedImages {
    /** Returns the side of the images in pixels. */
    int imageSize();

    /**
     * Returns the caption of a sample.
     *
     * @param index 0 or more
     */
    String caption(long index);

    /**
     * Returns the pixels of a sample before normalisation.
     *
     * @param index 0 or more
     * @return red, green and blue {@code [3, imageSize, imageSize]}
     * @throws dev.clap4j.ClapException if the image is not available
     */
    byte[] pixels(long index);

    /** Returns the properties that distinguish this source from others, by name, for the record of a run. */
    Map<String, String> describe();
}
