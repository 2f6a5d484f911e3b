package dev.clap4j.internal.tokenizer.pattern;

/**
 * A literal text to search for.
 *
 * @param text at least one character
 */
public record Literal(String text) implements TextPattern {
    @Override
    public Scan scan(String in) {
        return new Scan() {
            private int begin = -text.length();

            @Override
            public boolean next() {
                begin = in.indexOf(text, end());
                return begin >= 0;
            }

            @Override
            public int begin() {
                return begin;
            }

            @Override
            public int end() {
                return begin + text.length();
            }
        };
    }
}
