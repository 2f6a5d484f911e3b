package dev.clap4j.training.source;

import dev.clap4j.ClapException;
import dev.clap4j.internal.io.Digests;
import dev.clap4j.internal.io.InputFiles;
import dev.clap4j.prompt.Augmentation;
import dev.clap4j.prompt.PromptFolder;
import dev.clap4j.prompt.PromptLanguage;
import dev.clap4j.prompt.RandomStylePrompts;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * A source of plain-text prompts.
 *
 * @param name its name for the record
 * @param prompts returns the prompts of a class name
 * @param language of the prompts
 * @param augmentation the default augmentation
 */
record TextSource(
        String name, Function<String, List<String>> prompts, PromptLanguage language, Augmentation augmentation)
        implements PromptSource {
    static final TextSource TEMPLATE = of("template", PromptLanguage.ENGLISH);

    static final TextSource RANDOM =
            new TextSource("random", RandomStylePrompts::of, PromptLanguage.ENGLISH, Augmentation.EDA);

    static TextSource of(String name, PromptLanguage language) {
        return new TextSource(name, language::templates, language, Augmentation.OFFICIAL);
    }

    /** Returns the templates of a language. For the record, those of a file are named by its content. */
    static TextSource ofLanguage(String text, String language) {
        if (PromptLanguages.isBuiltIn(language)) {
            return of(text, PromptLanguages.parse(language));
        }
        PromptLanguage described = PromptLanguages.parse(language);
        return of("template:" + Digests.of(InputFiles.readText(Path.of(language))), described);
    }

    static TextSource ofFolder(String text, String folder) {
        if (folder.isBlank()) {
            throw new ClapException("The prompts \"" + text
                    + "\" name no folder; write llm:DIR, where DIR holds a text file for each class");
        }
        return new TextSource("llm", new PromptFolder(Path.of(folder))::read, PromptLanguage.ENGLISH, Augmentation.EDA);
    }

    @Override
    public List<String> of(String className) {
        return prompts.apply(className);
    }
}
