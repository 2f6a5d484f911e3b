package dev.clap4j.internal.tokenizer.pipeline;

import java.util.Optional;

/** Two adjacent tokens that are merged into one. */
public record Merge(String left, String right) {
    /** A limit above the largest vocabularies in use, so that a damaged file cannot exhaust memory. */
    public static final int MOST = 3_000_000;

    /** Parses a merge from a text file, two tokens separated by a space; empty if the text is not valid. */
    public static Optional<Merge> parse(String text) {
        int space = text.indexOf(' ');
        boolean two = space > 0 && space < text.length() - 1 && text.indexOf(' ', space + 1) < 0;
        return two ? Optional.of(new Merge(text.substring(0, space), text.substring(space + 1))) : Optional.empty();
    }

    /** Returns the merged token. */
    public String joined() {
        return left + right;
    }

    /** Returns the merge as in text files. */
    @Override
    public String toString() {
        return left + " " + right;
    }
}
