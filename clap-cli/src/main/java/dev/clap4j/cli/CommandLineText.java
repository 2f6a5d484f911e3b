package dev.clap4j.cli;

import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/** What was typed, in a form that a shell would read the same. */
final class CommandLineText {
    private CommandLineText() {}

    static String of(CommandSpec spec) {
        return "clap "
                + spec.root().commandLine().getParseResult().originalArgs().stream()
                        .map(word -> word.matches("[\\w./=:,@%+-]+") ? word : "'" + word.replace("'", "'\\''") + "'")
                        .collect(Collectors.joining(" "));
    }
}
