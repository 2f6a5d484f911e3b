package dev.clap4j;

import dev.clap4j.internal.io.Names;
import java.util.Optional;

/**
 * Thrown for errors that the user can fix: a bad file, an invalid option, a model that does not fit.
 *
 * <p>The message is written for the user: it states what was expected, what was found, where, and what to do, without
 * the terms of any particular interface. It is meant to be shown without a stack trace. Control characters and line
 * breaks, for instance from file names, are escaped, so the message is a single line and safe to print.
 */
public class ClapException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Problem problem;

    /**
     * Creates an exception without a cause.
     *
     * @param message a one-line message for the user
     */
    public ClapException(String message) {
        this(null, message, null);
    }

    /**
     * Creates an exception with a cause.
     *
     * @param message a one-line message for the user
     * @param cause the underlying error
     */
    public ClapException(String message, Throwable cause) {
        this(null, message, cause);
    }

    /**
     * Creates an exception of a kind that callers may want to handle.
     *
     * @param problem the kind
     * @param message a one-line message for the user
     */
    public ClapException(Problem problem, String message) {
        this(problem, message, null);
    }

    /**
     * Creates an exception of a kind that callers may want to handle, with a cause.
     *
     * @param problem the kind; null if it has none
     * @param message a one-line message for the user
     * @param cause the underlying error; null if there is none
     */
    public ClapException(Problem problem, String message, Throwable cause) {
        super(Names.line(message), cause);
        this.problem = problem;
    }

    /** Returns the kind of error; empty if it is none that callers are expected to handle. */
    public Optional<Problem> problem() {
        return Optional.ofNullable(problem);
    }
}
