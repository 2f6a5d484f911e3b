package dev.clap4j.training.source;

import dev.clap4j.ClapException;
import dev.clap4j.head.HeadInfo;
import dev.clap4j.internal.yaml.YamlFile;
import dev.clap4j.prompt.PromptLanguage;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The languages of prompts: those that come with clap4j, and those described in files. */
public final class PromptLanguages {
    private static final List<PromptLanguage> BUILT_IN = List.of(PromptLanguage.ENGLISH, PromptLanguage.CHINESE);

    private static final String TEMPLATE = "template:";

    private PromptLanguages() {}

    /**
     * Returns a language by its code, {@code en} or {@code zh}, or from a YAML file that describes it.
     *
     * @throws ClapException if the text is neither, or the file is not a valid description
     */
    public static PromptLanguage parse(String text) {
        return builtIn(text).orElseGet(() -> YamlFile.read(existing(text), PromptLanguage::of));
    }

    /**
     * Returns the language of the templates that a head was trained on, if they are not English ones.
     *
     * @return empty for English, or if the file that described another language is not there any more
     */
    public static Optional<PromptLanguage> of(HeadInfo head) {
        String source = head.hyperparameters().getOrDefault("prompts", "");
        if (!source.startsWith(TEMPLATE)) {
            return Optional.empty();
        }
        String language = source.substring(TEMPLATE.length());
        return builtIn(language)
                .or(() -> Files.exists(Path.of(language)) ? Optional.of(parse(language)) : Optional.empty())
                .filter(found -> found != PromptLanguage.ENGLISH);
    }

    static boolean isBuiltIn(String text) {
        return builtIn(text).isPresent();
    }

    private static Optional<PromptLanguage> builtIn(String text) {
        return BUILT_IN.stream()
                .filter(language -> language.code().equals(text))
                .findFirst();
    }

    private static Path existing(String text) {
        try {
            Path file = Path.of(text);
            if (!text.isBlank() && Files.exists(file)) {
                return file;
            }
        } catch (InvalidPathException e) {
            // Reported below, like a file that does not exist.
        }
        throw new ClapException("\"" + text + "\" is no language of prompts; write en, zh, or the name of a YAML file"
                + " that describes another");
    }
}
