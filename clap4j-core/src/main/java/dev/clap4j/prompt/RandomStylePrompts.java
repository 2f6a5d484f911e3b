package dev.clap4j.prompt;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Prompts with random words as styles: {@code a [random word] style of [class]} (CLAP, the ablation on prompt sources).
 * The words are everyday ones, from a list of our own.
 */
public final class RandomStylePrompts {
    private static final List<String> WORDS = read("random-words.txt");

    private RandomStylePrompts() {}

    private static List<String> read(String resource) {
        try (InputStream in = RandomStylePrompts.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }

    /** Returns one prompt for each word of the list, 480 like the templates, in the order of the list. */
    public static List<String> of(String className) {
        return WORDS.stream()
                .map(word -> Articles.before(word) + " " + word + " style of " + className)
                .toList();
    }
}
