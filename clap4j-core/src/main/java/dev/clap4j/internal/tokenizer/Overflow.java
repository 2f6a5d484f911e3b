package dev.clap4j.internal.tokenizer;

/** What to do with a text that has more tokens than the model has positions. */
public enum Overflow {
    /** Refuse it, naming the text and its number of tokens. */
    ERROR,
    /** Cut the tokens that do not fit; the end token stays, in the last place. */
    TRUNCATE
}
