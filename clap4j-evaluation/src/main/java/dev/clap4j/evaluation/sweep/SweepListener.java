package dev.clap4j.evaluation.sweep;

/** Follows a sweep. May be called on several threads, one at a time. */
public interface SweepListener {
    /** Hears nothing. */
    SweepListener SILENT = new SweepListener() {};

    /** What is done for each model, in this order. */
    enum Part {
        /** Images become features. */
        IMAGES,
        /** Texts become features. */
        TEXTS,
        /** Heads are trained, step by step. */
        HEADS,
        /** Heads are measured, at all strengths. */
        CELLS
    }

    /** A part begins. */
    default void begin(Part part, long steps) {}

    /** So many more steps of the part are done. */
    default void advance(long steps) {}

    /** Told what a person should know of heads before they are trained. */
    default void notice(String text) {}

    /** Whether the sweep should stop soon; what is done is kept. */
    default boolean shouldStop() {
        return false;
    }
}
