package dev.clap4j.training.source;

import dev.clap4j.ClapException;
import dev.clap4j.prompt.Augmentation;
import dev.clap4j.prompt.PromptFolder;
import dev.clap4j.prompt.RandomStylePrompts;
import dev.clap4j.prompt.TemplatePrompts;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * A source of plain-text prompts.
 *
 * @param name its name for the record
 * @param prompts returns the prompts of a class name
 * @param augmentation the default augmentation
 */
record TextSource(String name, Function<String, List<String>> prompts, Augmentation augmentation)
        implements PromptSource {
    static final TextSource TEMPLATE = new TextSource("template", TemplatePrompts::of, Augmentation.OFFICIAL);

    static final TextSource RANDOM = new TextSource("random", RandomStylePrompts::of, Augmentation.EDA);

    static TextSource ofFolder(String text, String folder) {
        if (folder.isBlank()) {
            throw new ClapException("The prompts \"" + text
                    + "\" name no folder; write llm:DIR, where DIR holds a text file for each class");
        }
        return new TextSource("llm", new PromptFolder(Path.of(folder))::read, Augmentation.EDA);
    }

    @Override
    public List<String> of(String className) {
        return prompts.apply(className);
    }
}
