package dev.clap4j.cli;

import java.io.IOException;

/** Whoever read the results has gone, as {@code head} does when it has seen enough. */
final class ClosedPipe extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ClosedPipe(IOException cause) {
        super(cause);
    }
}
