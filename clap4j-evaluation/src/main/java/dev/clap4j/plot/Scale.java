package dev.clap4j.plot;

/** The scale of an axis. */
public enum Scale {
    /** A linear scale. */
    LINEAR,
    /** A logarithmic scale, for positive values. */
    LOGARITHMIC,
    /** A scale with the occurring values at equal distances. */
    EVEN
}
