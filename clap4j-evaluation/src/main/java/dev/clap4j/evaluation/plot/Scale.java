package dev.clap4j.evaluation.plot;

/** The scale of an axis. */
public enum Scale {
    /** Equal differences are equal lengths. */
    LINEAR,
    /** Equal ratios are equal lengths; for positive values. */
    LOGARITHMIC,
    /** The values that occur follow each other at equal distances. */
    EVEN
}
