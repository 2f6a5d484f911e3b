package dev.clap4j.internal.tokenizer.pipeline;

import dev.clap4j.internal.tokenizer.pattern.Gpt2Words;
import dev.clap4j.internal.tokenizer.pattern.Literal;
import dev.clap4j.internal.tokenizer.pattern.TextPattern;
import dev.clap4j.internal.tokenizer.pattern.WordPattern;
import dev.clap4j.internal.tokenizer.unicode.Characters;
import dev.clap4j.internal.tokenizer.unicode.Unicode8;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntPredicate;

/** Splits a text into the pieces that the model sees separately. */
public sealed interface PreTokenizer {
    /**
     * Splits a text into pieces.
     *
     * @param text not empty
     * @param pieces receives the pieces in order, none of them empty
     */
    void cut(String text, Consumer<String> pieces);

    /** Returns the pre-tokenizer of text that does not come first, but after an added token. */
    default PreTokenizer afterToken() {
        return this;
    }

    /** Splits at white space. */
    static PreTokenizer whitespaceSplit() {
        return new Split(WordPattern.character(Characters::isSpace), Behavior.REMOVED, false);
    }

    /** Splits at white space, and makes every punctuation mark a piece. */
    static PreTokenizer bert() {
        return new Sequence(List.of(whitespaceSplit(), punctuation(Unicode8::isPunctuation, Behavior.ISOLATED)));
    }

    /** Splits at punctuation marks. */
    static PreTokenizer punctuation(IntPredicate punctuation, Behavior behavior) {
        return new Split(WordPattern.character(punctuation), behavior, false);
    }

    /**
     * Replaces spaces by the character that stands for them in SentencePiece's vocabularies, and splits before each.
     *
     * @param replacement stands for a space
     * @param prepend which texts get one in front if they have none there
     * @param split whether to split
     */
    record Metaspace(char replacement, Prepend prepend, boolean split) implements PreTokenizer {
        /** The texts that are prefixed with a space. */
        public enum Prepend {
            /** All. */
            ALWAYS,
            /** Only the first, but not those after added tokens. */
            FIRST,
            /** None. */
            NEVER
        }

        @Override
        public void cut(String text, Consumer<String> pieces) {
            String spaced = text.replace(' ', replacement);
            if (prepend != Prepend.NEVER && spaced.charAt(0) != replacement) {
                spaced = replacement + spaced;
            }
            if (split) {
                TextPattern space = new Literal(String.valueOf(replacement));
                Behavior.MERGED_WITH_NEXT.cut(spaced, space.scan(spaced), false, pieces);
            } else {
                pieces.accept(spaced);
            }
        }

        @Override
        public PreTokenizer afterToken() {
            return prepend == Prepend.FIRST ? new Metaspace(replacement, Prepend.NEVER, split) : this;
        }
    }

    /** Splits at the matches of a pattern. */
    record Split(TextPattern pattern, Behavior behavior, boolean invert) implements PreTokenizer {
        /** Keeps the matches only. */
        public static Split intoMatches(TextPattern pattern) {
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
        public PreTokenizer afterToken() {
            return new Sequence(steps.stream().map(PreTokenizer::afterToken).toList());
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
