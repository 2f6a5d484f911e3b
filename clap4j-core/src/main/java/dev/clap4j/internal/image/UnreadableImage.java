package dev.clap4j.internal.image;

import java.nio.file.Path;

/**
 * An image that was left out since it cannot be decoded.
 *
 * @param file the file
 * @param reason why, in words that name the file
 */
public record UnreadableImage(Path file, String reason) {}
