package dev.clap4j.internal.tokenizer.pattern;

import java.util.function.IntPredicate;

/** A pattern of adjacent words, where the start of a word determines its end. */
public interface WordPattern extends TextPattern {
    /**
     * Returns the end of the word that starts at a position.
     *
     * @return the position itself if no word starts there
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

    /** Matches a single character of a set. */
    static WordPattern character(IntPredicate kind) {
        return (text, begin) -> {
            int c = text.codePointAt(begin);
            return kind.test(c) ? begin + Character.charCount(c) : begin;
        };
    }

    /** Matches a run of characters of a set. */
    static WordPattern run(IntPredicate kind) {
        return (text, begin) -> endOfRun(text, begin, kind);
    }

    /** Returns the end of a run of characters of a set. */
    static int endOfRun(String text, int begin, IntPredicate kind) {
        int end = begin;
        while (end < text.length() && kind.test(text.codePointAt(end))) {
            end += Character.charCount(text.codePointAt(end));
        }
        return end;
    }
}
