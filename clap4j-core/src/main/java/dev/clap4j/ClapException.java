package dev.clap4j;

import dev.clap4j.internal.io.Names;
import java.util.Optional;

/**
 * Something the user can mend: a bad file, an impossible option, a model that does not fit.
 *
 * <p>The message is written for a person: what was expected, what was found, where, and what to do, in no interface's words.
 * It is meant to be shown without a stack trace. Control characters and line breaks in it, such as those of a file's name, are made
 * visible, so that it is one line and safe to print.
 */
public class ClapException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Problem problem;

    /**
     * An error without a deeper cause.
     *
     * @param message a line for the user
     */
    public ClapException(String message) {
        this(null, message, null);
    }

    /**
     * An error with what went wrong below.
     *
     * @param message a line for the user
     * @param cause what went wrong below
     */
    public ClapException(String message, Throwable cause) {
        this(null, message, cause);
    }

    /**
     * An error of a kind that callers may want to answer.
     *
     * @param problem the kind
     * @param message a line for the user
     */
    public ClapException(Problem problem, String message) {
        this(problem, message, null);
    }

    /**
     * An error of a kind that callers may want to answer, with what went wrong below.
     *
     * @param problem the kind; null if there is no name for it
     * @param message a line for the user
     * @param cause what went wrong below; null if nothing did
     */
    public ClapException(Problem problem, String message, Throwable cause) {
        super(Names.line(message), cause);
        this.problem = problem;
    }

    /** The kind of error, if callers may want to answer it. */
    public Optional<Problem> problem() {
        return Optional.ofNullable(problem);
    }
}
