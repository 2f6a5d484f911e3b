package dev.clap4j.fuzz.kill;

import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A command that is killed. It runs in a folder of its own, beside that of the {@link World}, and writes into {@code out}
 * and {@code cache} there.
 *
 * @param line the command line, words with a space between them, without {@code --out}
 * @param out what stands there
 * @param resumedFrom the file that means that there is something to resume; empty if the command is just repeated
 * @param comparisons of files that are not the same at every moment, by glob patterns of their names
 * @param passing glob patterns of files of tensors that a run leaves only when it is stopped or killed
 */
record Command(String line, String out, String resumedFrom, Map<String, Comparison> comparisons, List<String> passing) {
    Command {
        comparisons = Map.copyOf(comparisons);
        passing = List.copyOf(passing);
    }

    /** A command that writes all files whole and is repeated when it is killed. */
    static Command repeated(String line) {
        return new Command(line, "out", "", Map.of(), List.of());
    }

    /** Its name: the words before the first option or file. */
    String name() {
        return Stream.of(line.split(" "))
                .takeWhile(word -> word.matches("[a-z]+"))
                .collect(Collectors.joining(" "));
    }

    /** The words of the first try. */
    List<String> words() {
        return List.of((line + " --out " + out).split(" "));
    }

    /** Whether there is something to resume in the folder that it runs in. */
    boolean isResumed(Path folder) {
        return !resumedFrom.isEmpty() && Files.exists(folder.resolve(resumedFrom));
    }

    /** The words of the next try. */
    List<String> next(Path folder) {
        List<String> next = new ArrayList<>(words());
        if (isResumed(folder)) {
            next.add("--resume");
        }
        return next;
    }

    /** How a file is compared. */
    Comparison comparison(String file) {
        return comparisons.entrySet().stream()
                .filter(entry -> matches(entry.getKey(), file))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(Comparison.BYTES);
    }

    /** Whether a file may be there after a kill, but not in the end. */
    boolean isPassing(String file) {
        return passing.stream().anyMatch(pattern -> matches(pattern, file));
    }

    private static boolean matches(String pattern, String file) {
        return FileSystems.getDefault().getPathMatcher("glob:" + pattern).matches(Path.of(file));
    }
}
