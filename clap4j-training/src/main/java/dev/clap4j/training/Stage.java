package dev.clap4j.training;

/** What a run is doing. */
public enum Stage {
    /** Texts or images become features. */
    ENCODING,
    /** The head is changed step by step. */
    FITTING
}
