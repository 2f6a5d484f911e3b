package dev.clap4j.cli;

import dev.clap4j.prompt.PromptTemplate;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

    /** Those given one by one. */
    List<PromptTemplate> single() {
        return templates.stream().map(PromptTemplate::new).toList();
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
