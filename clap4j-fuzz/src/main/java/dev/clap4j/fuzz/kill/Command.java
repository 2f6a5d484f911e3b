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
 * A command to be killed. It runs in its own folder, beside that of the {@link World}, and writes to {@code out} and
 * {@code cache} there.
 *
 * @param name its name among those to be killed
 * @param line the command line, words separated by single spaces, without {@code --out}
 * @param out the content of {@code out}
 * @param resumedFrom the file whose existence means that the command can be resumed; empty if it is repeated instead
 * @param comparisons comparisons for files that vary, by glob patterns of their names
 * @param passing glob patterns of tensor files that only a stopped or killed run leaves behind
 */
record Command(
        String name,
        String line,
        String out,
        String resumedFrom,
        Map<String, Comparison> comparisons,
        List<String> passing) {
    Command {
        comparisons = Map.copyOf(comparisons);
        passing = List.copyOf(passing);
    }

    /** Creates a command under the name that it has on the command line. */
    Command(String line, String out, String resumedFrom, Map<String, Comparison> comparisons, List<String> passing) {
        this(verbs(line), line, out, resumedFrom, comparisons, passing);
    }

    /** Creates a command that writes all files atomically and is repeated after it was killed. */
    static Command repeated(String line) {
        return new Command(line, "out", "", Map.of(), List.of());
    }

    /** Returns its name on the command line: the words before the first option or file. */
    String verbs() {
        return verbs(line);
    }

    private static String verbs(String line) {
        return Stream.of(line.split(" "))
                .takeWhile(word -> word.matches("[a-z]+"))
                .collect(Collectors.joining(" "));
    }

    /** Returns the words of the first run. */
    List<String> words() {
        return List.of((line + " --out " + out).split(" "));
    }

    /** Returns whether the folder has anything to resume. */
    boolean isResumed(Path folder) {
        return !resumedFrom.isEmpty() && Files.exists(folder.resolve(resumedFrom));
    }

    /** Returns the words of the next run. */
    List<String> next(Path folder) {
        List<String> next = new ArrayList<>(words());
        if (isResumed(folder)) {
            next.add("--resume");
        }
        return next;
    }

    /** Returns how a file is compared. */
    Comparison comparison(String file) {
        return comparisons.entrySet().stream()
                .filter(entry -> matches(entry.getKey(), file))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(Comparison.BYTES);
    }

    /** Returns whether a file may exist after a kill, but not in the end. */
    boolean isPassing(String file) {
        return passing.stream().anyMatch(pattern -> matches(pattern, file));
    }

    private static boolean matches(String pattern, String file) {
        return FileSystems.getDefault().getPathMatcher("glob:" + pattern).matches(Path.of(file));
    }
}
