package dev.clap4j.training.source;

import dev.clap4j.ClapException;
import dev.clap4j.internal.io.NearestName;
import dev.clap4j.prompt.Augmentation;
import dev.clap4j.prompt.PromptFolder;
import dev.clap4j.prompt.PromptLanguage;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;

/** A source of training prompts (CLAP, ablation on prompt sources). */
public sealed interface PromptSource permits TextSource, PromptStyler {
    /**
     * Returns the source's name for the record: {@code template}, {@code template:zh}, {@code llm}, {@code random} or {@code promptstyler}.
     */
    String name();

    /**
     * Returns the prompts of a class.
     *
     * @throws ClapException if it has none
     */
    List<String> of(String className);

    /** Returns the default augmentation of its prompts. */
    Augmentation augmentation();

    /** Returns the language of its prompts, in which {@link Augmentation} looks for words. */
    default PromptLanguage language() {
        return PromptLanguage.ENGLISH;
    }

    /** Returns whether its prompts contain words that must first be learned for each head. */
    default boolean isLearned() {
        return false;
    }

    /** Returns the prompt to augment as the counterpart of a prompt: the prompt itself, or another of its class. */
    default String counterpart(String prompt, RandomGenerator random) {
        return prompt;
    }

    /** Returns the paper's templates. */
    static PromptSource template() {
        return TextSource.TEMPLATE;
    }

    /** Returns the templates of a language. */
    static PromptSource template(PromptLanguage language) {
        return TextSource.of("template:" + language.code(), language);
    }

    /**
     * Parses a source: {@code template}, {@code template:zh}, {@code template:FILE.yaml} with the description of a
     * {@linkplain PromptLanguage language}, {@code llm:DIR} with a folder of text files (see {@link PromptFolder}), {@code
     * random}, or {@code promptstyler}, optionally followed by a colon and the number of styles (80 by default).
     *
     * @throws ClapException if the text is none of these
     */
    static PromptSource parse(String text) {
        String[] parts = Objects.requireNonNull(text, "text").strip().split(":", 2);
        String argument = parts.length == 2 ? parts[1] : "";
        return switch (parts[0]) {
            case "template" -> parts.length == 1 ? TextSource.TEMPLATE : TextSource.ofLanguage(text, argument);
            case "random" -> requireNone(text, argument, TextSource.RANDOM);
            case "llm" -> TextSource.ofFolder(text, argument);
            case "promptstyler" ->
                argument.isEmpty() && parts.length == 1 ? PromptStyler.OFFICIAL : PromptStyler.parse(text, argument);
            default -> throw unknown(text);
        };
    }

    private static PromptSource requireNone(String text, String argument, PromptSource source) {
        if (!argument.isEmpty() || text.contains(":")) {
            throw unknown(text);
        }
        return source;
    }

    private static ClapException unknown(String text) {
        return new ClapException("Unknown source of prompts \"" + text + "\""
                + NearestName.hint(text, List.of("template", "template:zh", "llm:DIR", "random", "promptstyler"))
                + "; there are template, template:zh, template:FILE.yaml, llm:DIR, random and promptstyler");
    }
}
