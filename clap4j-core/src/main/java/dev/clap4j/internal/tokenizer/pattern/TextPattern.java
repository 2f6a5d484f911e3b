package dev.clap4j.internal.tokenizer.pattern;

/** A pattern to search for in texts. */
public interface TextPattern {
    /** Starts a search at the beginning of a text. */
    Scan scan(String text);

    /** A search that advances over non-overlapping matches. */
    interface Scan {
        /** Advances to the next match, if there is one. */
        boolean next();

        /** Returns the start of the match. */
        int begin();

        /** Returns the end (exclusive) of the match, always greater than {@link #begin()}. */
        int end();
    }
}
