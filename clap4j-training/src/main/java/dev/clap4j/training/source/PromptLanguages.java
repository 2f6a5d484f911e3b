package dev.clap4j.training.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.clap4j.ClapException;
import dev.clap4j.head.HeadInfo;
import dev.clap4j.internal.io.JsonText;
import dev.clap4j.internal.yaml.YamlFile;
import dev.clap4j.prompt.PromptLanguage;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The languages of prompts: those that come with clap4j, and those described in files. */
public final class PromptLanguages {
    /** The name of the prompt source among a head's hyperparameters. */
    public static final String SOURCE = "prompts";

    /** The description of the prompts' language there, see {@link #describe}. */
    public static final String DESCRIPTION = "prompt-language";

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
     * Returns a language as a head's file keeps it.
     *
     * @return JSON; empty for a language that comes with clap4j
     */
    public static Optional<String> describe(PromptLanguage language) {
        return BUILT_IN.contains(language)
                ? Optional.empty()
                : Optional.of(language.description().toString());
    }

    /**
     * Returns the language of the templates that a head was trained on.
     *
     * @return empty for English, and if the prompts were no templates
     * @throws ClapException if the head's file does not say how prompts look in its language
     */
    public static Optional<PromptLanguage> of(HeadInfo head) {
        Optional<String> description =
                Optional.ofNullable(head.hyperparameters().get(DESCRIPTION));
        if (description.isPresent()) {
            return Optional.of(described(description.get()));
        }
        String source = head.hyperparameters().getOrDefault(SOURCE, "");
        if (!source.startsWith(TEMPLATE)) {
            return Optional.empty();
        }
        PromptLanguage language = builtIn(source.substring(TEMPLATE.length()))
                .orElseThrow(() -> new ClapException("The head was trained on prompts in a language of its own ("
                        + source + "), which its file does not describe; name the language: en, zh or the"
                        + " YAML file"));
        return Optional.of(language).filter(found -> found != PromptLanguage.ENGLISH);
    }

    private static PromptLanguage described(String json) {
        try {
            return PromptLanguage.of(JsonText.parse(json));
        } catch (JsonProcessingException e) {
            throw new ClapException("Cannot use the head: in its metadata, " + DESCRIPTION + " is no JSON", e);
        } catch (ClapException e) {
            throw new ClapException("Cannot use the head: in its metadata, " + DESCRIPTION + ": " + e.getMessage(), e);
        }
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
