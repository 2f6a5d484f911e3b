package dev.clap4j.search;

/** The kinds of copies, the closest first. */
public enum DuplicateKind {
    /** The same file, or another one with the same pixels. */
    SAME(0.99f, 1),
    /** The same picture compressed again, scaled, or cropped by a little: its brightness is alike field by field. */
    REENCODED(0.9f, 0.79f),
    /** The same picture drawn in another style: its outlines are alike field by field. */
    RESTYLED(0.5f, 0.67f);

    private final float cosine;
    private final float likeness;

    DuplicateKind(float cosine, float likeness) {
        this.cosine = cosine;
        this.likeness = likeness;
    }

    /** Returns the smallest cosine of the features of two pictures that are compared at all. */
    public float cosine() {
        return cosine;
    }

    /** Returns the smallest correlation of two pictures in small, of brightness or of outlines, by which they are copies. */
    public float likeness() {
        return likeness;
    }
}
