package dev.clap4j.internal.tokenizer.pipeline;

import dev.clap4j.internal.tokenizer.pattern.Gpt2Words;
import dev.clap4j.internal.tokenizer.pattern.TextPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Splits a text into the pieces that the model sees separately. */
sealed interface PreTokenizer {
    /**
     * Splits a text into pieces.
     *
     * @param text not empty
     * @param pieces receives the pieces in order, none of them empty
     */
    void cut(String text, Consumer<String> pieces);

    /** Splits at the matches of a pattern. */
    record Split(TextPattern pattern, Behavior behavior, boolean invert) implements PreTokenizer {
        /** Keeps the matches only. */
        static Split intoMatches(TextPattern pattern) {
            return new Split(pattern, Behavior.REMOVED, true);
        }

        @Override
        public void cut(String text, Consumer<String> pieces) {
            behavior.cut(text, pattern.scan(text), invert, pieces);
        }
    }

    /**
     * Encodes the text in UTF-8 as the characters that represent bytes in byte-level vocabularies.
     *
     * @param addPrefixSpace whether to add a space before a text that does not start with one
     * @param intoWords whether to split into GPT-2's words first
     */
    record ByteLevel(boolean addPrefixSpace, boolean intoWords) implements PreTokenizer {
        private static final PreTokenizer WORDS = new Split(new Gpt2Words(), Behavior.ISOLATED, false);

        @Override
        public void cut(String text, Consumer<String> pieces) {
            String spaced = addPrefixSpace && !text.startsWith(" ") ? " " + text : text;
            if (intoWords) {
                WORDS.cut(spaced, word -> pieces.accept(ByteAlphabet.encode(word)));
            } else {
                pieces.accept(ByteAlphabet.encode(spaced));
            }
        }
    }

    /** Applies several pre-tokenizers in order, each to the pieces of the one before. */
    record Sequence(List<PreTokenizer> steps) implements PreTokenizer {
        /** Makes the list unmodifiable. */
        public Sequence {
            steps = List.copyOf(steps);
        }

        @Override
        public void cut(String text, Consumer<String> pieces) {
            List<String> cut = List.of(text);
            for (PreTokenizer step : steps) {
                List<String> finer = new ArrayList<>();
                cut.forEach(piece -> step.cut(piece, finer::add));
                cut = finer;
            }
            cut.forEach(pieces);
        }
    }
}
