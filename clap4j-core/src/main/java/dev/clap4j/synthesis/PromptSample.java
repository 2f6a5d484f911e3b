package dev.clap4j.synthesis;

import dev.clap4j.ClapException;
import dev.clap4j.internal.io.Digests;
import dev.clap4j.prompt.PromptLanguage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A sample of prompts from which to synthesize pictures.
 *
 * @param classes the class names
 * @param perClass number of template prompts per class, 1 to 480
 * @param seed determines the choice of prompts, and their pictures
 */
public record PromptSample(List<String> classes, int perClass, long seed) {
    /** The number of template prompts per class. */
    public static final int ALL = 480;

    private static final int HEXADECIMAL = 16;

    /**
     * Checks the number of prompts.
     *
     * @throws ClapException if it is out of range
     */
    public PromptSample {
        classes = List.copyOf(classes);
        if (perClass < 1 || perClass > ALL) {
            throw new ClapException("There are 1 to " + ALL + " prompts of a class, not " + perClass);
        }
    }

    /**
     * A prompt and the seed of its picture, which depends only on the prompt and the seed of the sample.
     *
     * @param className the class
     * @param prompt one of its template prompts
     * @param seed seed of the picture
     */
    public record Item(String className, String prompt, long seed) {}

    /**
     * Returns the prompts, class by class in the order of the templates. A larger sample contains every smaller one.
     */
    public List<Item> items() {
        List<Item> items = new ArrayList<>();
        for (String name : classes) {
            List<String> prompts = PromptLanguage.ENGLISH.templates(name);
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
