package dev.clap4j.internal.tokenizer;

/** The treatment of a text with more tokens than the model has positions. */
public enum Overflow {
    /** Throw an exception with the text and its number of tokens. */
    ERROR,
    /** Drop the tokens that do not fit; the end token is kept in the last position. */
    TRUNCATE
}
