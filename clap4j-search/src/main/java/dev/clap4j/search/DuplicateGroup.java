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
     * A copy: of the original, or of a closer picture of the group.
     *
     * @param image the picture
     * @param kind the closest kind of copy that it is of a larger file of the group
     * @param similarity the cosine of the features of both, -1 to 1
     * @param of the largest file of which it is a copy of this kind
     */
    public record Copy(IndexedImage image, DuplicateKind kind, float similarity, IndexedImage of) {}
}
