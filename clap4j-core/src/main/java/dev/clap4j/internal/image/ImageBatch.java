package dev.clap4j.internal.image;

import dev.clap4j.internal.io.TensorData;
import java.nio.file.Path;
import java.util.List;

/**
 * Prepared images.
 *
 * @param images the files, in order
 * @param pixels {@code [b, 3, size, size]}, an image for each file; valid until the stream is asked whether there
 *     is another batch, or closed
 */
public record ImageBatch(List<Path> images, TensorData pixels) {
    /** Copies the list. */
    public ImageBatch {
        images = List.copyOf(images);
    }
}
