package dev.clap4j.internal.tokenizer.pipeline;

import dev.clap4j.internal.tokenizer.pattern.Gpt2Words;
import dev.clap4j.internal.tokenizer.pattern.TextPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Cuts a text into the pieces that the model sees one by one. */
sealed interface PreTokenizer {
    /**
     * Hands out the pieces in order.
     *
     * @param text not empty
     * @param pieces takes them, none of them empty
     */
    void cut(String text, Consumer<String> pieces);

    /** Cuts at the matches of a pattern. */
    record Split(TextPattern pattern, Behavior behavior, boolean invert) implements PreTokenizer {
        /** The matches themselves, nothing else. */
        static Split intoMatches(TextPattern pattern) {
            return new Split(pattern, Behavior.REMOVED, true);
        }

        @Override
        public void cut(String text, Consumer<String> pieces) {
            behavior.cut(text, pattern.scan(text), invert, pieces);
        }
    }

    /**
     * Writes the bytes of UTF-8 as the characters that stand for them in byte-level vocabularies.
     *
     * @param addPrefixSpace whether a text that begins without a space gets one
     * @param intoWords whether GPT-2's words are separated first
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

    /** One after the other, each within the pieces of the one before. */
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
