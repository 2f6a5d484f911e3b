package dev.clap4j.training;

/** What a run is doing. */
public enum Stage {
    /** Texts become features. */
    ENCODING,
    /** The head is changed step by step. */
    FITTING
}
