package dev.clap4j.internal.image;

import dev.clap4j.internal.io.TensorData;
import java.util.List;

/**
 * Prepared images.
 *
 * @param <T> where they come from, for instance a file
 * @param images in order
 * @param pixels {@code [b, 3, size, size]}, prepared; valid until the stream is asked whether there
 *     is another batch, or closed
 */
public record ImageBatch<T>(List<T> images, TensorData pixels) {
    /** Copies the list. */
    public ImageBatch {
        images = List.copyOf(images);
    }
}
