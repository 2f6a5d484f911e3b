package dev.clap4j.internal.server.http;

/** Thrown when nobody waits for an answer any more. */
final class ClientGoneException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ClientGoneException() {
        super("The client went away", null, false, false);
    }
}
