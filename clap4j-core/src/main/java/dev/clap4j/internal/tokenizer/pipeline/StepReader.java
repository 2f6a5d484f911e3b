package dev.clap4j.internal.tokenizer.pipeline;

import dev.clap4j.ClapException;
import dev.clap4j.internal.tokenizer.json.JsonPart;
import dev.clap4j.internal.tokenizer.pattern.ClipWords;
import dev.clap4j.internal.tokenizer.pattern.Gpt2Words;
import dev.clap4j.internal.tokenizer.pattern.Literal;
import dev.clap4j.internal.tokenizer.pattern.Regex;
import dev.clap4j.internal.tokenizer.pattern.TextPattern;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/** Common parts of the readers of a {@code tokenizer.json}: kinds, sequences of steps, patterns. */
final class StepReader {
    private static final int MOST_STEPS = 20;
    private static final int MOST_DEPTH = 2;

    private static final String CLIP = "'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+";

    /** Patterns with a faster implementation: CLIP's, as saved by Transformers 4 and 5, and GPT-2's. */
    private static final Map<String, TextPattern> KNOWN = Map.of(
            CLIP,
            ClipWords.EXACT,
            "<\\|startoftext\\|>|<\\|endoftext\\|>|" + CLIP,
            new ClipWords(List.of("<|startoftext|>", "<|endoftext|>"), false),
            "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
            new Gpt2Words());

    private StepReader() {}

    /** Returns the kind of a step. */
    static String kind(JsonPart part) {
        return part.text("type");
    }

    /** Creates the exception for an unknown kind. */
    static ClapException unknown(JsonPart part, List<String> known) {
        return part.unexpected("type", "one of the supported kinds " + String.join(", ", known));
    }

    /**
     * Reads the steps of a sequence.
     *
     * @param depth the number of enclosing sequences
     * @param step reads one step, given its number of enclosing sequences
     */
    static <T> List<T> sequence(JsonPart part, String key, int depth, BiFunction<JsonPart, Integer, T> step) {
        part.requireOnly(Set.of("type", key));
        if (depth == MOST_DEPTH) {
            throw part.refused("sequences may be nested at most " + MOST_DEPTH + " deep");
        }
        return part.parts(key, MOST_STEPS).stream()
                .map(one -> step.apply(one, depth + 1))
                .toList();
    }

    /** Reads a pattern: {@code {"String": …}} or {@code {"Regex": …}}. */
    static TextPattern pattern(JsonPart part) {
        JsonPart pattern = part.part("pattern");
        pattern.requireOnly(Set.of("String", "Regex"));
        if (pattern.has("String") == pattern.has("Regex")) {
            throw pattern.refused("either String or Regex is needed");
        }
        if (pattern.has("String")) {
            String text = pattern.text("String");
            if (text.isEmpty()) {
                throw pattern.unexpected("String", "at least one character");
            }
            return new Literal(text);
        }
        String regex = pattern.text("Regex");
        TextPattern known = KNOWN.get(regex);
        if (known != null) {
            return known;
        }
        try {
            return Regex.of(regex);
        } catch (ClapException e) {
            throw pattern.refused(e.getMessage());
        }
    }
}
