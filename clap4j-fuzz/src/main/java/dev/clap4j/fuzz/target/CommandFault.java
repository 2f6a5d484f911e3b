package dev.clap4j.fuzz.target;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Thrown when a command prints a stack trace, which none should; its own stack trace is the printed one. */
final class CommandFault extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final Pattern FRAME = Pattern.compile("at ([\\w.$]+)\\.([\\w$<>]+)\\((\\w+\\.java):(\\d+)\\)");

    /**
     * Creates the exception.
     *
     * @param printed the output of the command
     */
    CommandFault(String printed) {
        super(printed);
        setStackTrace(FRAME.matcher(printed).results().map(CommandFault::frame).toArray(StackTraceElement[]::new));
    }

    private static StackTraceElement frame(MatchResult frame) {
        return new StackTraceElement(frame.group(1), frame.group(2), frame.group(3), Integer.parseInt(frame.group(4)));
    }
}
