package dev.clap4j.dataset;

import java.util.Map;

/**
 * An endless stream of images with captions, which can be entered anywhere: a sample depends on its index, and on the
 * seed that the source was made with, and on nothing else. Safe for several threads.
 */
public interface CaptionedImages {
    /** The side of the images in pixels. */
    int imageSize();

    /**
     * A sample's caption.
     *
     * @param index 0 or more
     */
    String caption(long index);

    /**
     * A sample's pixels before normalisation.
     *
     * @param index 0 or more
     * @return red, green and blue {@code [3, imageSize, imageSize]}
     * @throws dev.clap4j.ClapException if the image cannot be had
     */
    byte[] pixels(long index);

    /** What a run should remember of the source, name by name: enough to tell it from another. */
    Map<String, String> describe();
}
