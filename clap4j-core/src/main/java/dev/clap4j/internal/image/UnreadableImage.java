package dev.clap4j.internal.image;

import java.nio.file.Path;
import java.util.List;

/**
 * An image that was skipped because it cannot be decoded.
 *
 * @param file the file
 * @param reason the reason, naming the file
 */
public record UnreadableImage(Path file, String reason) {
    /** Returns the skipped files, in order. */
    public static List<UnreadableImage> of(List<ImageBatches.Skipped<Path>> skipped) {
        return skipped.stream()
                .map(image -> new UnreadableImage(image.image(), image.reason().getMessage()))
                .toList();
    }
}
