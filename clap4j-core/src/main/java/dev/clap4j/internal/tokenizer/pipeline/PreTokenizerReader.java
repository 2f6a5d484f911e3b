package dev.clap4j.internal.tokenizer.pipeline;

import dev.clap4j.internal.tokenizer.json.JsonPart;
import dev.clap4j.internal.tokenizer.pattern.Literal;
import dev.clap4j.internal.tokenizer.pattern.TextPattern;
import dev.clap4j.internal.tokenizer.pattern.WordPattern;
import dev.clap4j.internal.tokenizer.pipeline.PreTokenizer.Metaspace;
import dev.clap4j.internal.tokenizer.pipeline.PreTokenizer.Metaspace.Prepend;
import dev.clap4j.internal.tokenizer.unicode.Characters;
import dev.clap4j.internal.tokenizer.unicode.Unicode8;
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
            "Metaspace",
            "BertPreTokenizer",
            "Sequence");

    private static final Map<String, Behavior> BEHAVIORS = Map.of(
            "Removed", Behavior.REMOVED,
            "Isolated", Behavior.ISOLATED,
            "MergedWithPrevious", Behavior.MERGED_WITH_PREVIOUS,
            "MergedWithNext", Behavior.MERGED_WITH_NEXT,
            "Contiguous", Behavior.CONTIGUOUS);

    private static final Map<String, Prepend> SCHEMES =
            Map.of("always", Prepend.ALWAYS, "first", Prepend.FIRST, "never", Prepend.NEVER);

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
                return sequence(part, depth);
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
                return PreTokenizer.whitespaceSplit();
            }
            case "BertPreTokenizer" -> {
                part.requireOnly(Set.of("type"));
                return PreTokenizer.bert();
            }
            case "Metaspace" -> {
                return metaspace(part);
            }
            case "Digits" -> {
                part.requireOnly(Set.of("type", "individual_digits"));
                return split(
                        WordPattern.character(Characters::isNumber),
                        part.flag("individual_digits", false) ? Behavior.ISOLATED : Behavior.CONTIGUOUS);
            }
            case "Punctuation" -> {
                part.requireOnly(Set.of("type", "behavior"));
                return PreTokenizer.punctuation(
                        Unicode8::isPunctuation, part.has("behavior") ? behavior(part) : Behavior.ISOLATED);
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

    private static PreTokenizer sequence(JsonPart part, int depth) {
        List<PreTokenizer> steps = StepReader.sequence(part, "pretokenizers", depth, PreTokenizerReader::read);
        boolean late = steps.stream()
                .skip(1)
                .anyMatch(step -> step instanceof Metaspace space && space.prepend() == Prepend.FIRST);
        if (late
                || (depth > 0
                        && steps.stream().anyMatch(step -> !step.afterToken().equals(step)))) {
            throw part.refused("a Metaspace with the prepend_scheme \"first\" is supported as the first step only");
        }
        return new PreTokenizer.Sequence(steps);
    }

    /** Reads the step in any of its ages: with {@code add_prefix_space}, with {@code prepend_scheme}, or both. */
    private static PreTokenizer metaspace(JsonPart part) {
        part.requireOnly(Set.of("type", "replacement", "add_prefix_space", "prepend_scheme", "split", "str_rep"));
        String replacement = part.text("replacement");
        if (replacement.length() != 1) {
            throw part.unexpected("replacement", "one character of Unicode's first plane");
        }
        Prepend prepend = part.flag("add_prefix_space", true) ? Prepend.ALWAYS : Prepend.NEVER;
        if (part.has("prepend_scheme")) {
            Prepend scheme = SCHEMES.get(part.text("prepend_scheme"));
            boolean contradicts = prepend == Prepend.NEVER && scheme != Prepend.NEVER;
            if (scheme == null || contradicts) {
                throw part.unexpected(
                        "prepend_scheme",
                        contradicts ? "\"never\", as add_prefix_space is false" : "\"always\", \"first\" or \"never\"");
            }
            prepend = scheme;
        }
        return new Metaspace(replacement.charAt(0), prepend, part.flag("split", true));
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
}
