package dev.clap4j.internal.tokenizer.pipeline;

/** Cuts a piece of text into tokens. Safe for several threads. */
public sealed interface Model permits BytePairs {
    /**
     * The ids of a piece's tokens.
     *
     * @param piece not empty, as the pre-tokenizer hands it out
     */
    int[] ids(String piece);
}
