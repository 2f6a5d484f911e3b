package dev.clap4j.cli;

import dev.clap4j.Prediction;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The result of {@code clap classify} for one image.
 *
 * @param image the file
 * @param classes the best classes, the best one first; none if none is probable enough
 * @param sortedInto where the image was put, or would be; empty if images are not sorted
 */
record ClassifiedImage(String image, List<Prediction> classes, Optional<Path> sortedInto) {
    /** The label if no class is probable enough. */
    static final String NONE = "none of these";

    /** Returns this image, put somewhere. */
    ClassifiedImage sortedInto(Path file) {
        return new ClassifiedImage(image, classes, Optional.of(file));
    }

    /** Returns the best class, or {@link #NONE}. */
    String label() {
        return classes.isEmpty() ? NONE : classes.get(0).className();
    }
}
