package dev.clap4j.prompt;

import dev.clap4j.ClapException;
import dev.clap4j.internal.io.InputFiles;
import java.nio.file.Path;
import java.util.List;

/**
 * A prompt with a placeholder for the class name.
 *
 * @param pattern for instance {@code "a blurry picture of a {class}"}
 */
public record PromptTemplate(String pattern) {
    private static final String PLACE = "{class}";

    /**
     * Checks that the pattern has the placeholder.
     *
     * @throws ClapException if it does not
     */
    public PromptTemplate {
        if (!pattern.contains(PLACE)) {
            throw new ClapException("The template \"" + pattern + "\" has no place for the class name; write " + PLACE
                    + " where it should stand, as in \"a blurry picture of a " + PLACE + "\"");
        }
    }

    /** Returns the prompt of a class. */
    public String text(String className) {
        return pattern.replace(PLACE, className);
    }

    /**
     * Reads templates from a UTF-8 text file, one per line, ignoring blank lines and lines that start with {@code #}.
     *
     * @throws ClapException if the file cannot be read, has no template, or a line lacks the placeholder
     */
    public static List<PromptTemplate> read(Path file) {
        List<String> lines = InputFiles.readLines(file);
        for (int i = 0; i < lines.size(); i++) {
            if (isTemplate(lines.get(i)) && !lines.get(i).contains(PLACE)) {
                throw new ClapException(
                        file + ", line " + (i + 1) + ": \"" + lines.get(i).strip()
                                + "\" has no place for the class name; write " + PLACE + " where it should stand");
            }
        }
        List<PromptTemplate> templates = lines.stream()
                .filter(PromptTemplate::isTemplate)
                .map(line -> new PromptTemplate(line.strip()))
                .toList();
        if (templates.isEmpty()) {
            throw new ClapException(file + " has no template; write one per line, with " + PLACE
                    + " where the class name should stand");
        }
        return templates;
    }

    private static boolean isTemplate(String line) {
        return !line.isBlank() && !line.startsWith("#");
    }
}
