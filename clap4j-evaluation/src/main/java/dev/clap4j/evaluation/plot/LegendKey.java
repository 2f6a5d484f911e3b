package dev.clap4j.evaluation.plot;

/** The key symbol of a legend entry. */
enum LegendKey {
    /** A point. */
    MARKER,
    /** A point on a line. */
    LINE,
    /** A filled box. */
    BOX
}
