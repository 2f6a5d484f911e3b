package dev.clap4j.cli;

import dev.clap4j.prompt.ClassPrompts;
import dev.clap4j.prompt.PromptTemplate;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

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

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /** Returns the prompts of classes: from all templates, {@code a photo of a …} if there are none. */
    ClassPrompts prompts(List<String> classes) {
        ClassPrompts prompts = ClassPrompts.of(classes);
        String[] patterns = Stream.of(single(), ofFile())
                .flatMap(List::stream)
                .map(PromptTemplate::pattern)
                .toArray(String[]::new);
        return patterns.length == 0 ? prompts : prompts.withTemplates(patterns);
    }

    /** Those given one by one. */
    List<PromptTemplate> single() {
        return OptionValues.of(
                command.commandLine(),
                () -> templates.stream().map(PromptTemplate::new).toList());
    }

    /** Those of the file; none if no file is given. */
    List<PromptTemplate> ofFile() {
        return file == null ? List.of() : PromptTemplate.read(file);
    }

    /** The file's name, for a column. */
    String fileName() {
        return file.getFileName().toString();
    }
}
