package dev.clap4j.training.source;

import dev.clap4j.ClapException;
import dev.clap4j.Progress;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.clip.PromptEncoder;
import dev.clap4j.internal.io.NearestName;
import dev.clap4j.prompt.Augmentation;
import dev.clap4j.prompt.PromptFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;

/** Where the prompts of training come from (CLAP, the ablation on prompt sources). */
public sealed interface PromptSource permits TextSource, PromptStyler {
    /** What it is, for the record: {@code template}, {@code llm}, {@code random} or {@code promptstyler}. */
    String name();

    /**
     * The prompts of a class.
     *
     * @throws ClapException if it has none
     */
    List<String> of(String className);

    /** How its prompts are augmented unless the user says otherwise. */
    Augmentation augmentation();

    /** Whether the model has to learn what its prompts mean, for each head anew. */
    default boolean isLearned() {
        return false;
    }

    /** What a prompt's augmented form is made from: the prompt itself, or another of its class. */
    default String counterpart(String prompt, RandomGenerator random) {
        return prompt;
    }

    /**
     * The encoder that understands its prompts.
     *
     * @param model the frozen model, which must stay open
     * @param classes the names of the classes
     * @param seed of whatever has to be drawn for it
     * @param file where that which has to be learned first is kept, so that an interrupted run goes on where it was
     * @param progress of the learning
     */
    default PromptEncoder encoder(ClipModel model, List<String> classes, long seed, Path file, Progress progress) {
        return model.texts();
    }

    /** The paper's templates. */
    static PromptSource template() {
        return TextSource.TEMPLATE;
    }

    /**
     * A source as a person writes it: {@code template}, {@code llm:DIR} with a folder of text files (see
     * {@link PromptFolder}), {@code random}, or {@code promptstyler}, with the number of styles behind a colon if that is not
     * to be 80.
     *
     * @throws ClapException if it is none of these
     */
    static PromptSource parse(String text) {
        String[] parts = text.strip().split(":", 2);
        String argument = parts.length == 2 ? parts[1] : "";
        return switch (parts[0]) {
            case "template" -> requireNone(text, argument, TextSource.TEMPLATE);
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
                + NearestName.hint(text, List.of("template", "llm:DIR", "random", "promptstyler"))
                + "; there are template, llm:DIR, random and promptstyler");
    }
}
