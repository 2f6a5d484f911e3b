package dev.clap4j.internal.image;

import dev.clap4j.ClapException;

/** Thrown when an image takes more memory to decode than this program has; the message says how to give it more. */
public final class TooLittleMemoryException extends ClapException {
    private static final long serialVersionUID = 1L;

    TooLittleMemoryException(String message) {
        super(message);
    }
}
