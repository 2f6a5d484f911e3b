package dev.clap4j.cli;

import java.io.IOException;

/** Thrown when the reader has closed the pipe, as {@code head} does. */
final class ClosedPipe extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ClosedPipe(IOException cause) {
        super(cause);
    }
}
