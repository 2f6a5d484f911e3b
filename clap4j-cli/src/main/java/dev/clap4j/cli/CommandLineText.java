package dev.clap4j.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/** Returns the command line, quoted for a shell. */
final class CommandLineText {
    private CommandLineText() {}

    static String of(CommandSpec command) {
        return text(words(command));
    }

    /** Returns the command that resumes a stopped run: the same with {@code --resume}. */
    static String resumed(CommandSpec command) {
        List<String> words = new ArrayList<>(words(command));
        words.removeIf(word -> word.equals("--overwrite") || word.equals("--resume"));
        words.add("--resume");
        return text(words);
    }

    private static List<String> words(CommandSpec command) {
        return command.root().commandLine().getParseResult().originalArgs();
    }

    private static String text(List<String> words) {
        return "clap "
                + words.stream()
                        .map(word -> word.matches("[\\w./=:,@%+-]+") ? word : "'" + word.replace("'", "'\\''") + "'")
                        .collect(Collectors.joining(" "));
    }

    /** Returns the words of a command line that {@link #of} has quoted, without the program's name. */
    static List<String> parse(String text) {
        List<String> words = new ArrayList<>();
        Matcher word = Pattern.compile("(?:[^\\s'\\\\]++|\\\\.|'[^']*+')+").matcher(text);
        while (word.find()) {
            words.add(word.group().replaceAll("\\\\(.)|'([^']*)'", "$1$2"));
        }
        return words.isEmpty() ? words : words.subList(1, words.size());
    }
}
