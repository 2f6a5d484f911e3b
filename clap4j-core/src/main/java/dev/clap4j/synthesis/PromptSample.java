package dev.clap4j.synthesis;

import dev.clap4j.ClapException;
import dev.clap4j.internal.io.Digests;
import dev.clap4j.prompt.TemplatePrompts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The prompts to make pictures from.
 *
 * @param classes the class names
 * @param perClass template prompts of each class, 1 to 480
 * @param seed which ones, and how their pictures turn out
 */
public record PromptSample(List<String> classes, int perClass, long seed) {
    /** Template prompts of a class. */
    public static final int ALL = 480;

    private static final int HEXADECIMAL = 16;

    /**
     * Checks the number.
     *
     * @throws ClapException if there are not so many prompts
     */
    public PromptSample {
        classes = List.copyOf(classes);
        if (perClass < 1 || perClass > ALL) {
            throw new ClapException("There are 1 to " + ALL + " prompts of a class, not " + perClass);
        }
    }

    /**
     * A prompt and the seed of its picture, which depends on nothing but the prompt and the seed of the sample.
     *
     * @param className the class
     * @param prompt one of its template prompts
     * @param seed of the picture
     */
    public record Item(String className, String prompt, long seed) {}

    /** The prompts, class by class in the order of the templates. A larger sample contains a smaller one. */
    public List<Item> items() {
        List<Item> items = new ArrayList<>();
        for (String name : classes) {
            List<String> prompts = TemplatePrompts.of(name);
            List<String> drawn = prompts.stream()
                    .sorted(Comparator.comparing(prompt -> Digests.of(seed + " draws " + prompt)))
                    .limit(perClass)
                    .toList();
            prompts.stream()
                    .filter(drawn::contains)
                    .map(prompt -> new Item(name, prompt, seedOf(prompt)))
                    .forEach(items::add);
        }
        return items;
    }

    private long seedOf(String prompt) {
        return Long.parseUnsignedLong(Digests.of(seed + " shows " + prompt).substring(0, HEXADECIMAL), HEXADECIMAL);
    }
}
