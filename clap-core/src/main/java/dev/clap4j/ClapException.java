package dev.clap4j;

/**
 * Something the user can mend: a bad file, an impossible option, a model that does not fit.
 *
 * <p>The message is written for the person at the terminal: what was expected, what was found, where, and what to do.
 * It is shown without a stack trace.
 */
public final class ClapException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * An error without a deeper cause.
     *
     * @param message one or a few lines for the user
     */
    public ClapException(String message) {
        super(message);
    }

    /**
     * An error with what went wrong below.
     *
     * @param message one or a few lines for the user
     * @param cause what went wrong below
     */
    public ClapException(String message, Throwable cause) {
        super(message, cause);
    }
}
