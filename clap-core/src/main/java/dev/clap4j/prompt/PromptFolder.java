package dev.clap4j.prompt;

import dev.clap4j.ClapException;
import dev.clap4j.io.AtomicFiles;
import dev.clap4j.io.InputFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Prompts that somebody wrote, a language model for instance: a folder with a text file for each class,
 * {@code alarm_clock.txt}, in UTF-8, one prompt a line. Blank lines and lines that begin with {@code #} do not count.
 *
 * @param folder where the files are
 */
public record PromptFolder(Path folder) {
    private static final String SUFFIX = ".txt";

    /**
     * The prompts of a class.
     *
     * @throws ClapException if the class has no file, or that has no prompt or cannot be read
     */
    public List<String> read(String className) {
        Path file = find(className)
                .orElseThrow(() -> new ClapException("There are no prompts of the class \"" + className + "\" in "
                        + folder
                        + ": " + fileOf(className).getFileName() + " is missing; write one prompt a line, or have them"
                        + " written with clap prompts llm"));
        List<String> prompts = InputFiles.readLines(file).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
        if (prompts.isEmpty()) {
            throw new ClapException(file + " has no prompts; write one a line");
        }
        return prompts;
    }

    /** Whether a class has a file. */
    public boolean has(String className) {
        return find(className).isPresent();
    }

    /** Files may have spaces for underscores, and capitals. */
    private Optional<Path> find(String className) {
        if (!Files.isDirectory(folder)) {
            throw new ClapException("There is no folder " + folder + " with prompts");
        }
        String wanted = ClassNames.fromFolder(className);
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> nameOf(file).equals(Optional.of(wanted)))
                    .sorted()
                    .findFirst();
        } catch (IOException e) {
            throw new ClapException("Cannot read " + folder + ": " + e, e);
        }
    }

    private static Optional<String> nameOf(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(SUFFIX)
                ? Optional.of(ClassNames.fromFolder(name.substring(0, name.length() - SUFFIX.length())))
                : Optional.empty();
    }

    /**
     * Writes the file of a class, whole or not at all.
     *
     * @throws ClapException if it cannot be written
     */
    public void write(String className, List<String> prompts) {
        AtomicFiles.writeString(fileOf(className), String.join("\n", prompts) + "\n");
    }

    /**
     * The file that {@link #write} writes.
     *
     * @throws ClapException if the class's name cannot be that of a file
     */
    public Path fileOf(String className) {
        if (className.matches(".*[/\\\\:*?\"<>|].*") || className.startsWith(".")) {
            throw new ClapException("The class \"" + className + "\" cannot be the name of a file; rename it");
        }
        return folder.resolve(className.replace(' ', '_') + SUFFIX);
    }
}
