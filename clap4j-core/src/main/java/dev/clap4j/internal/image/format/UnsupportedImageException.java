package dev.clap4j.internal.image.format;

import java.io.IOException;

/** Thrown if a file is not damaged but of an unsupported variety; the message is worded to follow the file's name. */
public final class UnsupportedImageException extends IOException {
    /** Creates the exception with a description of the variety and a remedy. */
    public UnsupportedImageException(String message) {
        super(message);
    }
}
