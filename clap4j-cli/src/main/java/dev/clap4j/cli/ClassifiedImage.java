package dev.clap4j.cli;

import dev.clap4j.Prediction;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What {@code clap classify} says of an image.
 *
 * @param image the file
 * @param classes the best classes, the best one first; none if none is probable enough
 * @param sortedInto where the image was put, or would be; empty if images are not sorted
 */
record ClassifiedImage(String image, List<Prediction> classes, Optional<Path> sortedInto) {
    /** What stands for a class where none is probable enough. */
    static final String NONE = "none of these";

    /** The best class, or {@link #NONE}. */
    String label() {
        return classes.isEmpty() ? NONE : classes.get(0).className();
    }
}
