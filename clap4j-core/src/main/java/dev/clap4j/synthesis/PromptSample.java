package dev.clap4j.synthesis;

import dev.clap4j.ClapException;
import dev.clap4j.internal.io.Digests;
import dev.clap4j.prompt.PromptLanguage;
import dev.clap4j.prompt.PromptTemplate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A sample of prompts from which to synthesize pictures.
 *
 * @param classes the class names
 * @param templates prompts to take instead of the 480 template prompts; empty for those
 * @param perClass number of prompts per class, 1 to as many as there are
 * @param perPrompt number of pictures per prompt, 1 to 10,000
 * @param seed determines the choice of prompts, and their pictures
 */
public record PromptSample(
        List<String> classes, List<PromptTemplate> templates, int perClass, int perPrompt, long seed) {
    /** The number of template prompts per class. */
    public static final int ALL = 480;

    private static final int MOST_PICTURES = 10_000;
    private static final int HEXADECIMAL = 16;

    /**
     * Checks the numbers.
     *
     * @throws ClapException if one is out of range
     */
    public PromptSample {
        classes = List.copyOf(classes);
        templates = List.copyOf(templates);
        if (templates.stream().distinct().count() < templates.size()) {
            throw new ClapException("A template is given twice");
        }
        int all = templates.isEmpty() ? ALL : templates.size();
        if (perClass < 1 || perClass > all) {
            throw new ClapException("There are 1 to " + all + " prompts of a class, not " + perClass);
        }
        if (perPrompt < 1 || perPrompt > MOST_PICTURES) {
            throw new ClapException("The pictures of a prompt should be 1 to " + MOST_PICTURES + ", not " + perPrompt);
        }
    }

    /**
     * Creates a sample of the 480 template prompts.
     *
     * @throws ClapException if a number is out of range
     */
    public PromptSample(List<String> classes, int perClass, int perPrompt, long seed) {
        this(classes, List.of(), perClass, perPrompt, seed);
    }

    /**
     * Creates a sample of the 480 template prompts with one picture of each.
     *
     * @throws ClapException if the number of prompts is out of range
     */
    public PromptSample(List<String> classes, int perClass, long seed) {
        this(classes, perClass, 1, seed);
    }

    /**
     * A picture to be made. Its seed depends only on the prompt, the number of the picture, and the seed of the sample.
     *
     * @param className the class
     * @param prompt one of its prompts
     * @param number the number of the picture among those of its prompt, from 0
     * @param seed seed of the picture
     */
    public record Item(String className, String prompt, int number, long seed) {}

    /**
     * Returns the pictures, class by class in the order of the templates. A larger sample contains every smaller one.
     */
    public List<Item> items() {
        List<Item> items = new ArrayList<>();
        for (String name : classes) {
            List<String> prompts = prompts(name);
            List<String> drawn = prompts.stream()
                    .sorted(Comparator.comparing(prompt -> Digests.of(seed + " draws " + prompt)))
                    .limit(perClass)
                    .toList();
            prompts.stream().filter(drawn::contains).forEach(prompt -> {
                for (int number = 0; number < perPrompt; number++) {
                    items.add(new Item(name, prompt, number, seedOf(prompt, number)));
                }
            });
        }
        return items;
    }

    private List<String> prompts(String className) {
        return templates.isEmpty()
                ? PromptLanguage.ENGLISH.templates(className)
                : templates.stream().map(template -> template.text(className)).toList();
    }

    private long seedOf(String prompt, int number) {
        String picture = seed + " shows " + prompt + (number == 0 ? "" : " in picture " + number);
        return Long.parseUnsignedLong(Digests.of(picture).substring(0, HEXADECIMAL), HEXADECIMAL);
    }
}
