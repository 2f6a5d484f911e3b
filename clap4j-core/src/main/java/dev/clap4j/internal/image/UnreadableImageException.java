package dev.clap4j.internal.image;

import dev.clap4j.ClapException;

/** Thrown if an image file cannot be decoded; callers may skip it and continue with others. */
public final class UnreadableImageException extends ClapException {
    private static final long serialVersionUID = 1L;

    UnreadableImageException(ClapException cause) {
        super(cause.getMessage(), cause);
    }
}
