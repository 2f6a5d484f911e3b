package dev.clap4j;

import dev.clap4j.internal.io.Names;

/**
 * Something the user can mend: a bad file, an impossible option, a model that does not fit.
 *
 * <p>The message is written for the person at the terminal: what was expected, what was found, where, and what to do.
 * It is shown without a stack trace. Control characters and line breaks in it, such as those of a file's name, are made
 * visible, so that it is one line and safe to print.
 */
public class ClapException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * An error without a deeper cause.
     *
     * @param message a line for the user
     */
    public ClapException(String message) {
        super(Names.line(message));
    }

    /**
     * An error with what went wrong below.
     *
     * @param message a line for the user
     * @param cause what went wrong below
     */
    public ClapException(String message, Throwable cause) {
        super(Names.line(message), cause);
    }
}
