package dev.clap4j.internal.tokenizer.pipeline;

/** Splits a piece of text into tokens. Thread-safe. */
public sealed interface Model permits BytePairs, Unigram, WordPiece, WithoutPrefix {
    /**
     * Returns the ids of a piece's tokens.
     *
     * @param piece a piece from the pre-tokenizer, not empty
     */
    int[] ids(String piece);

    /** Returns a text of what determines the ids beside the vocabulary. */
    String description();
}
