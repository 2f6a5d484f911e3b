package dev.clap4j.cli;

import java.io.Console;
import java.util.Map;
import picocli.CommandLine.Help.Ansi;

/**
 * The destination of results: a terminal, on which lines have a width and help has colours, or else a file or another program,
 * for which lines are as long as they are.
 *
 * @param columns the longest line
 * @param colours whether colours are shown
 */
record Screen(int columns, boolean colours) {
    static final Screen NONE = new Screen(Integer.MAX_VALUE, false);

    private static final int LEAST = 20;
    private static final int USUAL = 80;

    static Screen ofProcess() {
        return of(isTerminal(System.console()), Integer.getInteger("clap4j.columns", USUAL), System.getenv());
    }

    /** Follows <a href="https://no-color.org">no-color.org</a> has it, and not for terminals that know no colours. */
    static Screen of(boolean terminal, int columns, Map<String, String> environment) {
        boolean colours = environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "").equals("dumb");
        return terminal ? new Screen(Math.max(LEAST, columns), colours) : NONE;
    }

    /** From Java 22 on there is a console without a terminal, too, and a method that tells. */
    private static boolean isTerminal(Console console) {
        try {
            return console != null
                    && (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Console.isTerminal() cannot be asked", e);
        }
    }

    Ansi ansi() {
        return colours ? Ansi.ON : Ansi.OFF;
    }
}
