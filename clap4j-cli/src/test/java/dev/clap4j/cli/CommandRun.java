package dev.clap4j.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * The outcome of a command line.
 *
 * @param exitCode 0 done, 1 failed, 2 wrong use
 * @param out what went to standard output
 * @param err what went to standard error
 */
record CommandRun(int exitCode, String out, String err) {
    /** Runs a command in this process. */
    static CommandRun of(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] words = new String[arguments.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = String.valueOf(arguments[i]);
        }
        int exitCode = Clap.execute(new PrintWriter(out, true), new PrintWriter(err, true), words);
        return new CommandRun(exitCode, out.toString(), err.toString());
    }
}
