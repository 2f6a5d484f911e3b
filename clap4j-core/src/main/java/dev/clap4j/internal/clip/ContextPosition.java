package dev.clap4j.internal.clip;

/** The position of context vectors among the tokens of a text (CLAP, appendix; named as in CoOp). */
public enum ContextPosition {
    /** After the start token. */
    FRONT,
    /** The first half after the start token, the rest before the end token. */
    MIDDLE,
    /** Before the end token. */
    END
}
