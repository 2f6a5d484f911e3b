package dev.clap4j.internal.tokenizer.pipeline;

import java.util.Optional;

/** Two neighbouring tokens that become one. */
public record Merge(String left, String right) {
    /** Above the merges of the largest vocabularies in use; keeps a damaged file from taking all memory. */
    public static final int MOST = 3_000_000;

    /** A merge as text files have it, with one space between the tokens; nothing if the text is none. */
    public static Optional<Merge> parse(String text) {
        int space = text.indexOf(' ');
        boolean two = space > 0 && space < text.length() - 1 && text.indexOf(' ', space + 1) < 0;
        return two ? Optional.of(new Merge(text.substring(0, space), text.substring(space + 1))) : Optional.empty();
    }

    /** The token that they become. */
    public String joined() {
        return left + right;
    }

    /** As text files have it. */
    @Override
    public String toString() {
        return left + " " + right;
    }
}
