package dev.clap4j.internal.tokenizer.pipeline;

import dev.clap4j.ClapException;
import dev.clap4j.internal.tokenizer.pattern.TextPattern;
import dev.clap4j.internal.tokenizer.unicode.Characters;
import dev.clap4j.internal.tokenizer.unicode.LowerCase;
import java.util.List;
import java.util.function.UnaryOperator;

/** Transforms a text before it is split. */
public sealed interface Normalizer
        permits Normalizer.Form,
                Normalizer.Lowercase,
                Normalizer.StripAccents,
                Normalizer.Strip,
                Normalizer.Prepend,
                Normalizer.Replace,
                Normalizer.Custom,
                Normalizer.Sequence,
                BertNormalizer,
                Precompiled,
                SentencePieceNormalizer {
    /** The length limit of a normalized short text, and the maximum growth factor of a long one. */
    int LEAST_LIMIT = 100_000;

    /** A factor above the growth of any character in a normal form. */
    int MOST_GROWTH = 20;

    /** Returns a normalizer that does nothing. */
    static Normalizer none() {
        return new Sequence(List.of());
    }

    /** Returns whether the beginning of a text may be cut off; what is replaced by nothing does not count. */
    default boolean cutsBeginning() {
        return false;
    }

    /** Normalizes a text. */
    default String apply(String text) {
        return apply(text, Math.max(LEAST_LIMIT, MOST_GROWTH * text.length()));
    }

    /**
     * Normalizes a text.
     *
     * @param most the maximum length of the result, since steps could expand a text without limit
     * @throws ClapException if the result is longer
     */
    String apply(String text, int most);

    /**
     * Checks the length of a result so far.
     *
     * @throws ClapException if it is too long
     */
    static void requireLength(CharSequence result, int most) {
        if (result.length() > most) {
            throw new ClapException("The tokenizer's normalizer makes more than " + most + " characters of one text");
        }
    }

    /** Converts to one of Unicode's normal forms. */
    record Form(java.text.Normalizer.Form form) implements Normalizer {
        @Override
        public String apply(String text, int most) {
            return java.text.Normalizer.normalize(text, form);
        }
    }

    /** Lower-cases each character on its own. */
    record Lowercase() implements Normalizer {
        @Override
        public String apply(String text, int most) {
            return LowerCase.ofCharacters(text);
        }
    }

    /** Removes combining marks. */
    record StripAccents() implements Normalizer {
        @Override
        public String apply(String text, int most) {
            StringBuilder kept = new StringBuilder(text.length());
            text.codePoints().filter(c -> !Characters.isMark(c)).forEach(kept::appendCodePoint);
            return kept.toString();
        }
    }

    /** Removes white space at the ends. */
    record Strip(boolean left, boolean right) implements Normalizer {
        @Override
        public boolean cutsBeginning() {
            return left;
        }

        @Override
        public String apply(String text, int most) {
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

    /** Prepends a prefix to every text that is not empty. */
    record Prepend(String prefix) implements Normalizer {
        @Override
        public String apply(String text, int most) {
            return text.isEmpty() ? text : prefix + text;
        }
    }

    /** Replaces every match of a pattern. */
    record Replace(TextPattern pattern, String content) implements Normalizer {
        @Override
        public String apply(String text, int most) {
            TextPattern.Scan scan = pattern.scan(text);
            StringBuilder result = new StringBuilder(text.length());
            int done = 0;
            while (scan.next()) {
                result.append(text, done, scan.begin()).append(content);
                done = scan.end();
                requireLength(result, most);
            }
            return done == 0 ? text : result.append(text, done, text.length()).toString();
        }
    }

    /** Applies a function that makes no text longer than its characters' normal forms. */
    record Custom(UnaryOperator<String> function) implements Normalizer {
        @Override
        public String apply(String text, int most) {
            return function.apply(text);
        }
    }

    /** Applies several normalizers in order. */
    record Sequence(List<Normalizer> steps) implements Normalizer {
        /** Makes the list unmodifiable. */
        public Sequence {
            steps = List.copyOf(steps);
        }

        @Override
        public boolean cutsBeginning() {
            return steps.stream().anyMatch(Normalizer::cutsBeginning);
        }

        @Override
        public String apply(String text, int most) {
            String result = text;
            for (Normalizer step : steps) {
                result = step.apply(result, most);
            }
            return result;
        }
    }
}
