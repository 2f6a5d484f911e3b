package dev.clap4j;

import java.nio.file.Path;

/**
 * An image that was skipped because it cannot be decoded.
 *
 * @param file the file
 * @param reason the reason, naming the file
 */
public record UnreadableImage(Path file, String reason) {}
