package dev.clap4j.internal.clip;

/**
 * The position of context vectors among the tokens of a text (CLAP, appendix; named as in CoOp).
 *
 * <p>CLAP puts them after CLIP's start token. Its purpose is to vary the beginning of the text, not the tokens that a
 * model has learnt to find at fixed places: so in other models they follow all tokens that the tokenizer puts before a
 * text, such as the code of a language, and where there are none (SigLIP), they are the first of all.
 */
public enum ContextPosition {
    /** After the reserved tokens before the text, or at the beginning if there are none. */
    FRONT,
    /** The first half in front, the rest at the end. */
    MIDDLE,
    /** Before the reserved tokens after the text. */
    END
}
