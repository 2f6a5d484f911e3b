package dev.clap4j.dataset;

import dev.clap4j.Progress;
import dev.clap4j.UnreadableImage;
import java.util.List;

/**
 * Images of which those that cannot be decoded can be left out.
 *
 * @param <T> the collection itself
 */
public interface ImageCollection<T> {
    /** Returns the number of images. */
    int size();

    /**
     * Returns this collection without images that cannot be decoded.
     *
     * @param progress receives the number of images tried
     * @throws dev.clap4j.ClapException if too few images are left
     */
    T readable(Progress progress);

    /** Returns the images that were left out. */
    List<UnreadableImage> unreadable();
}
