package dev.clap4j.internal.tokenizer.pipeline;

import dev.clap4j.internal.tokenizer.pattern.Literal;
import dev.clap4j.internal.tokenizer.pattern.TextPattern;
import dev.clap4j.internal.tokenizer.pattern.WordPattern;
import dev.clap4j.internal.tokenizer.unicode.Characters;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the {@code pre_tokenizer} of a {@code tokenizer.json}. */
final class PreTokenizerReader {
    private static final List<String> KINDS = List.of(
            "ByteLevel",
            "Split",
            "Whitespace",
            "WhitespaceSplit",
            "Digits",
            "Punctuation",
            "CharDelimiterSplit",
            "Sequence");

    private static final Map<String, Behavior> BEHAVIORS = Map.of(
            "Removed", Behavior.REMOVED,
            "Isolated", Behavior.ISOLATED,
            "MergedWithPrevious", Behavior.MERGED_WITH_PREVIOUS,
            "MergedWithNext", Behavior.MERGED_WITH_NEXT,
            "Contiguous", Behavior.CONTIGUOUS);

    /** The pattern {@code \w+|[^\w\s]+} of the Whitespace pre-tokenizer. */
    private static final WordPattern WORDS_AND_SIGNS =
            (text, begin) -> Characters.isWordOrJoiner(text.codePointAt(begin))
                    ? WordPattern.endOfRun(text, begin, Characters::isWordOrJoiner)
                    : WordPattern.endOfRun(text, begin, c -> !Characters.isWordOrJoiner(c) && !Characters.isSpace(c));

    private PreTokenizerReader() {}

    static PreTokenizer read(JsonPart part) {
        return read(part, 0);
    }

    private static PreTokenizer read(JsonPart part, int depth) {
        switch (StepReader.kind(part)) {
            case "Sequence" -> {
                return new PreTokenizer.Sequence(
                        StepReader.sequence(part, "pretokenizers", depth, PreTokenizerReader::read));
            }
            case "ByteLevel" -> {
                part.requireOnly(Set.of("type", "add_prefix_space", "trim_offsets", "use_regex"));
                return new PreTokenizer.ByteLevel(part.flag("add_prefix_space", true), part.flag("use_regex", true));
            }
            case "Split" -> {
                part.requireOnly(Set.of("type", "pattern", "behavior", "invert"));
                return new PreTokenizer.Split(StepReader.pattern(part), behavior(part), part.flag("invert", false));
            }
            case "Whitespace" -> {
                part.requireOnly(Set.of("type"));
                return PreTokenizer.Split.intoMatches(WORDS_AND_SIGNS);
            }
            case "WhitespaceSplit" -> {
                part.requireOnly(Set.of("type"));
                return split(WordPattern.character(Characters::isSpace), Behavior.REMOVED);
            }
            case "Digits" -> {
                part.requireOnly(Set.of("type", "individual_digits"));
                return split(
                        WordPattern.character(Characters::isNumber),
                        part.flag("individual_digits", false) ? Behavior.ISOLATED : Behavior.CONTIGUOUS);
            }
            case "Punctuation" -> {
                part.requireOnly(Set.of("type", "behavior"));
                return split(
                        WordPattern.character(PreTokenizerReader::isPunctuation),
                        part.has("behavior") ? behavior(part) : Behavior.ISOLATED);
            }
            case "CharDelimiterSplit" -> {
                part.requireOnly(Set.of("type", "delimiter"));
                String delimiter = part.text("delimiter");
                if (delimiter.codePointCount(0, delimiter.length()) != 1) {
                    throw part.unexpected("delimiter", "one character");
                }
                return split(new Literal(delimiter), Behavior.REMOVED);
            }
            default -> throw StepReader.unknown(part, KINDS);
        }
    }

    private static PreTokenizer split(TextPattern pattern, Behavior behavior) {
        return new PreTokenizer.Split(pattern, behavior, false);
    }

    private static Behavior behavior(JsonPart part) {
        Behavior behavior = BEHAVIORS.get(part.text("behavior"));
        if (behavior == null) {
            throw part.unexpected(
                    "behavior",
                    "one of "
                            + String.join(
                                    ", ", BEHAVIORS.keySet().stream().sorted().toList()));
        }
        return behavior;
    }

    /** Returns whether a character is punctuation, including ASCII signs that are symbols in Unicode. */
    private static boolean isPunctuation(int c) {
        return Characters.isPunctuation(c) || (c < 0x7F && c > ' ' && !Character.isLetterOrDigit(c));
    }
}
