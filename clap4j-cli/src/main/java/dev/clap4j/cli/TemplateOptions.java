package dev.clap4j.cli;

import dev.clap4j.prompt.ClassPrompts;
import dev.clap4j.prompt.PromptTemplate;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** {@code --template} and {@code --templates}: prompts in the user's own words. */
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

    /** Returns the prompts of classes: from all templates, {@code a photo of a …} if there are none. */
    ClassPrompts prompts(List<String> classes) {
        List<PromptTemplate> all = WrongUse.checking(
                () -> templates.stream().map(PromptTemplate::new).collect(Collectors.toCollection(ArrayList::new)));
        if (file != null) {
            all.addAll(PromptTemplate.read(file));
        }
        ClassPrompts prompts = ClassPrompts.of(classes);
        return all.isEmpty()
                ? prompts
                : prompts.withTemplates(
                        all.stream().map(PromptTemplate::pattern).toArray(String[]::new));
    }
}
