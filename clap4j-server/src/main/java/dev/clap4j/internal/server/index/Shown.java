package dev.clap4j.internal.server.index;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.clap4j.search.FoundImage;
import dev.clap4j.search.IndexedImage;
import java.util.List;

/**
 * A picture in an answer.
 *
 * @param name the file's name, without its folder
 * @param label the most probable class; null if the index has no classes
 * @param style the most probable style; null if the index has no styles
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Shown(String id, String name, Float similarity, String label, String style) {
    static Shown of(IndexedImage image, Float similarity, PictureIds ids) {
        return new Shown(
                ids.of(image),
                String.valueOf(image.path().getFileName()),
                similarity,
                image.className().orElse(null),
                image.style().orElse(null));
    }

    /** The answer of a search. */
    record Found(String object, boolean clap, List<Shown> data) {
        static Found of(boolean clap, List<FoundImage> found, PictureIds ids) {
            return new Found(
                    "list",
                    clap,
                    found.stream()
                            .map(one -> Shown.of(one.image(), one.similarity(), ids))
                            .toList());
        }
    }
}
