package dev.clap4j.internal.tokenizer.pattern;

import java.util.function.IntPredicate;

/** A pattern of words that follow one another, whose ends can be told from their beginnings. */
public interface WordPattern extends TextPattern {
    /**
     * The end of the word that begins at a position.
     *
     * @return the position itself if no word begins there
     */
    int end(String text, int begin);

    @Override
    default Scan scan(String text) {
        return new Scan() {
            private int begin;
            private int end;

            @Override
            public boolean next() {
                for (begin = end; begin < text.length(); begin += Character.charCount(text.codePointAt(begin))) {
                    end = WordPattern.this.end(text, begin);
                    if (end > begin) {
                        return true;
                    }
                }
                return false;
            }

            @Override
            public int begin() {
                return begin;
            }

            @Override
            public int end() {
                return end;
            }
        };
    }

    /** A single character of a kind. */
    static WordPattern character(IntPredicate kind) {
        return (text, begin) -> {
            int c = text.codePointAt(begin);
            return kind.test(c) ? begin + Character.charCount(c) : begin;
        };
    }

    /** A run of characters of a kind. */
    static WordPattern run(IntPredicate kind) {
        return (text, begin) -> endOfRun(text, begin, kind);
    }

    /** The end of a run of characters of a kind. */
    static int endOfRun(String text, int begin, IntPredicate kind) {
        int end = begin;
        while (end < text.length() && kind.test(text.codePointAt(end))) {
            end += Character.charCount(text.codePointAt(end));
        }
        return end;
    }
}
