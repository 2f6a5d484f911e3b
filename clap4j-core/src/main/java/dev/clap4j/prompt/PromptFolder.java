package dev.clap4j.prompt;

import dev.clap4j.ClapException;
import dev.clap4j.Problem;
import dev.clap4j.internal.io.AtomicFiles;
import dev.clap4j.internal.io.FileNames;
import dev.clap4j.internal.io.InputFiles;
import dev.clap4j.internal.io.IoReasons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Prompts from any source, for instance a language model: a folder with one UTF-8 text file per class, {@code
 * alarm_clock.txt}, one prompt per line. Blank lines and lines that start with {@code #} are ignored.
 *
 * @param folder the folder of the files
 */
public record PromptFolder(Path folder) {
    private static final String SUFFIX = ".txt";

    /**
     * Reads the prompts of a class.
     *
     * @throws ClapException if the class has no file, or the file has no prompt or cannot be read
     */
    public List<String> read(String className) {
        Path file = find(className)
                .orElseThrow(() -> new ClapException(
                        Problem.NO_PROMPTS,
                        "There are no prompts of the class \"" + className + "\" in " + folder + ": "
                                + fileOf(className).getFileName() + " is missing; write one prompt a line"));
        List<String> prompts = InputFiles.readLines(file).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
        if (prompts.isEmpty()) {
            throw new ClapException(file + " has no prompts; write one per line");
        }
        return prompts;
    }

    /**
     * Returns whether a class has a file. A file whose name differs by case, or has spaces, is used unless it belongs
     * to another class.
     *
     * @param classes all classes that have files of their own
     */
    public boolean has(String className, Collection<String> classes) {
        return exact(className).isPresent()
                || alike(className).stream().anyMatch(file -> !classes.contains(nameOf(file)));
    }

    /** Finds a class's file, whose name may have spaces instead of underscores, and capitals. */
    private Optional<Path> find(String className) {
        Optional<Path> exact = exact(className);
        return exact.isPresent() ? exact : alike(className).stream().findFirst();
    }

    private Optional<Path> exact(String className) {
        return files().stream().filter(file -> nameOf(file).equals(className)).findFirst();
    }

    private List<Path> alike(String className) {
        String wanted = ClassNames.fromFolder(className);
        return files().stream()
                .filter(file -> ClassNames.fromFolder(stem(file)).equals(wanted))
                .toList();
    }

    private List<Path> files() {
        if (!Files.isDirectory(folder)) {
            throw new ClapException("There is no folder " + folder + " with prompts");
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new ClapException("Cannot read " + folder + ": " + IoReasons.of(e), e);
        }
    }

    private static String stem(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - SUFFIX.length());
    }

    private static String nameOf(Path file) {
        return FileNames.nameOfUnderscored(stem(file));
    }

    /**
     * Writes the file of a class atomically.
     *
     * @throws ClapException if it cannot be written
     */
    public void write(String className, List<String> prompts) {
        AtomicFiles.writeString(fileOf(className), String.join("\n", prompts) + "\n");
    }

    /**
     * Returns the file that {@link #write} writes, see {@link FileNames#withUnderscores}.
     *
     * @throws ClapException if the class's name is too long for a file name
     */
    public Path fileOf(String className) {
        if (!Files.isDirectory(folder)) {
            return folder.resolve(FileNames.withUnderscores(className) + SUFFIX);
        }
        return exact(className).orElseGet(() -> {
            List<String> taken = files().stream().map(PromptFolder::stem).toList();
            return folder.resolve(FileNames.withUnderscores(className, taken) + SUFFIX);
        });
    }
}
