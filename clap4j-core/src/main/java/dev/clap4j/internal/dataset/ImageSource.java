package dev.clap4j.internal.dataset;

import java.nio.file.Path;

/** Images in a fixed order, such as those of a folder, a list or an archive. Every pass reads them anew. */
public interface ImageSource {
    /** Returns the file or folder that holds the images, or names them. */
    Path path();

    /**
     * Returns the number of images, without reading any of them.
     *
     * @throws dev.clap4j.ClapException if the source is malformed, or has no images
     */
    long count();

    /** Returns whether images have names, by which a data set sorts them; those without stay in their order. */
    default boolean isNamed() {
        return true;
    }

    /** Returns whether each image is a file of its own. */
    boolean isOfFiles();

    /**
     * Begins a pass over the images.
     *
     * @return must be closed
     * @throws dev.clap4j.ClapException if the source is malformed, then or later
     */
    ImageCursor open();
}
