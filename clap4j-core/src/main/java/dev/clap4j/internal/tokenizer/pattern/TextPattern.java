package dev.clap4j.internal.tokenizer.pattern;

/** Something to look for in texts. */
public interface TextPattern {
    /** A search that begins at the start of a text. */
    Scan scan(String text);

    /** A search that goes from match to match, which do not overlap. */
    interface Scan {
        /** Goes on to the next match, if there is one. */
        boolean next();

        /** The position of the match's first character. */
        int begin();

        /** The position behind the match, above {@link #begin()}. */
        int end();
    }
}
