package dev.clap4j.search;

import dev.clap4j.UnreadableImage;
import java.util.List;

/**
 * The outcome of bringing an index up to date.
 *
 * @param added the number of new pictures
 * @param updated the number of pictures whose files have changed
 * @param unchanged the number of pictures left as they were
 * @param removed the number of pictures whose files are gone, or can no longer be decoded
 * @param relabelled the number of pictures of the index that were given new classes or styles, those of other folders
 *     among them
 * @param encoded the number of pictures that went through the model; others had features in the index already
 * @param unreadable files that cannot be read or decoded
 * @param ignored the kinds of files that are no images, with their numbers, in words; empty if there are none
 */
public record IndexUpdate(
        int added,
        int updated,
        int unchanged,
        int removed,
        int relabelled,
        int encoded,
        List<UnreadableImage> unreadable,
        String ignored) {
    /** Makes the list unmodifiable. */
    public IndexUpdate {
        unreadable = List.copyOf(unreadable);
    }
}
