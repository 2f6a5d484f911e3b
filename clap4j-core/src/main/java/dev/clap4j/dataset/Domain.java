package dev.clap4j.dataset;

import java.util.List;

/**
 * The images of one style, such as sketches.
 *
 * @param name the folder's name
 * @param images sorted by class, then by file name
 */
public record Domain(String name, List<LabelledImage> images) {
    /** Makes the list unmodifiable. */
    public Domain {
        images = List.copyOf(images);
    }

    /** Returns the labels of the images, in order. */
    public int[] labels() {
        return images.stream().mapToInt(LabelledImage::label).toArray();
    }
}
