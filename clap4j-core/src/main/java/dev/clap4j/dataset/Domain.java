package dev.clap4j.dataset;

import java.util.List;

/**
 * The images of one style of picture, such as sketches.
 *
 * @param name the folder's name
 * @param images class by class, within a class by file name
 */
public record Domain(String name, List<LabelledImage> images) {
    /** Makes the list unmodifiable. */
    public Domain {
        images = List.copyOf(images);
    }

    /** The labels of the images, in their order. */
    public int[] labels() {
        return images.stream().mapToInt(LabelledImage::label).toArray();
    }
}
