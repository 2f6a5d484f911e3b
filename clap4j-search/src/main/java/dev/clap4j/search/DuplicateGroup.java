package dev.clap4j.search;

import java.util.List;

/**
 * Pictures that are copies of one of them, directly or over others.
 *
 * @param original the largest file among them
 * @param copies the others, the closest kind first
 */
public record DuplicateGroup(IndexedImage original, List<Copy> copies) {
    /** Makes the list unmodifiable. */
    public DuplicateGroup {
        copies = List.copyOf(copies);
    }

    /**
     * A copy.
     *
     * @param image the picture
     * @param kind how it is one of the original
     * @param similarity the cosine of its feature and the original's, -1 to 1
     */
    public record Copy(IndexedImage image, DuplicateKind kind, float similarity) {}
}
