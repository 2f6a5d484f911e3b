package dev.clap4j.evaluation.quickstart;

/** Follows an experiment. May be called on several threads, one at a time. */
public interface QuickstartListener {
    /** Hears nothing. */
    QuickstartListener SILENT = new QuickstartListener() {};

    /** What an experiment does, in this order. */
    enum Part {
        /** Images become features. */
        IMAGES,
        /** Texts become features. */
        TEXTS,
        /** Heads are trained, step by step. */
        HEADS,
        /** Heads are measured. */
        MEASURES
    }

    /** A part begins. */
    default void begin(Part part, long steps) {}

    /** So many more steps of the part are done. */
    default void advance(long steps) {}
}
