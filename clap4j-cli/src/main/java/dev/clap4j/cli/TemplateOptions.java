package dev.clap4j.cli;

import dev.clap4j.head.Head;
import dev.clap4j.prompt.ClassPrompts;
import dev.clap4j.prompt.PromptLanguage;
import dev.clap4j.prompt.PromptStyle;
import dev.clap4j.prompt.PromptTemplate;
import dev.clap4j.training.source.PromptLanguages;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** {@code --template}, {@code --templates} and {@code --language}: prompts in the user's own words. */
final class TemplateOptions {
    @Option(
            names = "--template",
            paramLabel = "TEXT",
            description = "A prompt with {class} where the class name should stand; may be given several times.")
    private List<String> templates = new ArrayList<>();

    @Option(
            names = "--templates",
            paramLabel = "FILE",
            description = "A file of such prompts, one a line, whose features are averaged.")
    private Path file;

    @Option(
            names = "--language",
            paramLabel = "en|zh|FILE.yaml",
            description = "The language of the prompt without a template, and of those that choose alpha: English,"
                    + " Chinese, or one described in a file (default: that of the head's training prompts, else en).")
    private String language;

    /** Returns whether any of these options is given. */
    boolean isGiven() {
        return !templates.isEmpty() || file != null || language != null;
    }

    /** Returns the given language, else that of the head's training prompts. */
    PromptLanguage language(Optional<Head> head) {
        return language == null
                ? head.flatMap(given -> PromptLanguages.of(given.info())).orElse(PromptLanguage.ENGLISH)
                : WrongUse.checking(() -> PromptLanguages.parse(language));
    }

    /** Returns the prompts of classes: from all templates, {@code a photo of a …} if there are none. */
    ClassPrompts prompts(List<String> classes, PromptLanguage language) {
        List<PromptTemplate> all = WrongUse.checking(
                () -> templates.stream().map(PromptTemplate::new).collect(Collectors.toCollection(ArrayList::new)));
        if (file != null) {
            all.addAll(PromptTemplate.read(file));
        }
        if (all.isEmpty()) {
            all.add(new PromptTemplate(language.template(PromptStyle.PC).text("{class}")));
        }
        return ClassPrompts.of(classes)
                .withTemplates(all.stream().map(PromptTemplate::pattern).toArray(String[]::new));
    }
}
