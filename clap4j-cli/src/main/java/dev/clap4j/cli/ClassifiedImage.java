package dev.clap4j.cli;

import dev.clap4j.Prediction;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /** Returns this image as JSON shows it, with a label, null for {@link #NONE}, if that is wished. */
    Map<String, Object> json(boolean labelled) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("image", image);
        if (labelled) {
            object.put("label", classes.isEmpty() ? null : label());
        }
        object.put("classes", classes);
        sortedInto.ifPresent(file -> object.put("sortedInto", file.toString()));
        return object;
    }
}
