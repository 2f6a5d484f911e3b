package dev.clap4j.internal.clip;

/** Where context vectors stand among the tokens of a text (CLAP, appendix; CoOp's naming). */
public enum ContextPosition {
    /** After the start token. */
    FRONT,
    /** The first half after the start token, the rest before the end token. */
    MIDDLE,
    /** Before the end token. */
    END
}
