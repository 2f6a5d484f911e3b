package dev.clap4j.tokenizer.pipeline;

import dev.clap4j.ClapException;
import dev.clap4j.tokenizer.pattern.TextPattern;
import dev.clap4j.tokenizer.unicode.Characters;
import dev.clap4j.tokenizer.unicode.LowerCase;
import java.util.List;

/** Changes a text before it is cut. */
sealed interface Normalizer {
    /** Does nothing. */
    Normalizer NONE = new Sequence(List.of());

    /** The changed text. */
    String apply(String text);

    /** One of Unicode's normal forms. */
    record Form(java.text.Normalizer.Form form) implements Normalizer {
        @Override
        public String apply(String text) {
            return java.text.Normalizer.normalize(text, form);
        }
    }

    /** Lower case, each character by itself. */
    record Lowercase() implements Normalizer {
        @Override
        public String apply(String text) {
            return LowerCase.ofCharacters(text);
        }
    }

    /** Leaves out combining marks. */
    record StripAccents() implements Normalizer {
        @Override
        public String apply(String text) {
            StringBuilder kept = new StringBuilder(text.length());
            text.codePoints().filter(c -> !Characters.isMark(c)).forEach(kept::appendCodePoint);
            return kept.toString();
        }
    }

    /** Leaves out white space at the ends. */
    record Strip(boolean left, boolean right) implements Normalizer {
        @Override
        public String apply(String text) {
            int begin = 0;
            int end = text.length();
            while (left && begin < end && Characters.isSpace(text.charAt(begin))) {
                begin++;
            }
            while (right && end > begin && Characters.isSpace(text.charAt(end - 1))) {
                end--;
            }
            return text.substring(begin, end);
        }
    }

    /** Puts something before every text that is not empty. */
    record Prepend(String prefix) implements Normalizer {
        @Override
        public String apply(String text) {
            return text.isEmpty() ? text : prefix + text;
        }
    }

    /** Replaces every match of a pattern. */
    record Replace(TextPattern pattern, String content) implements Normalizer {
        /** Far more than any text has; several steps could make more and more of it. */
        private static final int MOST_CHARACTERS = 2_000_000;

        @Override
        public String apply(String text) {
            TextPattern.Scan scan = pattern.scan(text);
            StringBuilder result = new StringBuilder(text.length());
            int done = 0;
            while (scan.next()) {
                result.append(text, done, scan.begin()).append(content);
                done = scan.end();
                if (result.length() > MOST_CHARACTERS) {
                    throw new ClapException("The tokenizer's normalizer makes more than " + MOST_CHARACTERS
                            + " characters of one text");
                }
            }
            return done == 0 ? text : result.append(text, done, text.length()).toString();
        }
    }

    /** One after the other. */
    record Sequence(List<Normalizer> steps) implements Normalizer {
        /** Makes the list unmodifiable. */
        public Sequence {
            steps = List.copyOf(steps);
        }

        @Override
        public String apply(String text) {
            String result = text;
            for (Normalizer step : steps) {
                result = step.apply(result);
            }
            return result;
        }
    }
}
