package dev.clap4j.internal.image;

import dev.clap4j.ClapException;

/** An image file that cannot be decoded; one that others may do without. */
public final class UnreadableImageException extends ClapException {
    private static final long serialVersionUID = 1L;

    UnreadableImageException(ClapException cause) {
        super(cause.getMessage(), cause);
    }
}
