package dev.clap4j.internal.image.format;

import java.io.IOException;

/** A file that is not damaged but of a variety that is not read; the message says which, to be put behind the name. */
public final class UnsupportedImageException extends IOException {
    /** With what it is and what to do. */
    public UnsupportedImageException(String message) {
        super(message);
    }
}
