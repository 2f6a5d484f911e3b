package dev.clap4j.evaluation.plot;

/** What stands before a name in the legend. */
enum LegendKey {
    /** A point. */
    MARKER,
    /** A point on a line. */
    LINE,
    /** A filled box. */
    BOX
}
