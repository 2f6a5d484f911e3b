package dev.clap4j.spark.job;

import dev.clap4j.head.Head;
import dev.clap4j.prompt.ClassNames;
import dev.clap4j.prompt.PromptLanguage;
import dev.clap4j.prompt.PromptStyle;
import dev.clap4j.prompt.PromptTemplate;
import dev.clap4j.training.source.PromptLanguages;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code --classes}, {@code --classes-file}, {@code --template}, {@code --templates} and {@code --language}. */
final class ClassOptions {
    @ArgGroup(multiplicity = "1")
    private Where where;

    private static final class Where {
        @Option(
                names = "--classes",
                paramLabel = "A,B,…",
                description =
                        "The class names, with commas between them; one that has a comma stands in double quotes.")
        private String classes;

        @Option(names = "--classes-file", paramLabel = "FILE", description = "A UTF-8 file with a class name a line.")
        private Path file;
    }

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
            paramLabel = "en|zh",
            description = "The language of the prompt without a template (default: that of the head's training prompts,"
                    + " else en).")
    private Language language;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec job;

    /** A language of prompts. */
    enum Language {
        EN,
        ZH
    }

    List<String> names() {
        return where.file == null
                ? JobMain.checking(job, () -> ClassNames.parse(where.classes))
                : ClassNames.read(where.file);
    }

    /** Refuses templates without a place for the class. */
    void check() {
        JobMain.checking(job, () -> templates.stream().map(PromptTemplate::new).toList());
    }

    /** Returns all templates, {@code a photo of a …} in the given or the head's language if there are none. */
    List<String> templates(Optional<Head> head) {
        List<String> all = Stream.concat(
                        templates.stream(),
                        Optional.ofNullable(file).stream().flatMap(path -> PromptTemplate.read(path).stream()
                                .map(PromptTemplate::pattern)))
                .toList();
        return all.isEmpty() ? List.of(language(head).template(PromptStyle.PC).text("{class}")) : all;
    }

    private PromptLanguage language(Optional<Head> head) {
        if (language == null) {
            return head.flatMap(given -> PromptLanguages.of(given.info())).orElse(PromptLanguage.ENGLISH);
        }
        return language == Language.EN ? PromptLanguage.ENGLISH : PromptLanguage.CHINESE;
    }
}
