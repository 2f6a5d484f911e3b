package dev.clap4j.internal.image;

import dev.clap4j.internal.io.TensorData;
import java.util.List;

/**
 * A batch of prepared images.
 *
 * @param <T> an image that is not decoded yet, for instance a file
 * @param images the images, in order
 * @param pixels {@code [b, 3, size, size]}, one image per entry; valid until the next call of {@code hasNext}, or until
 *     the iterator is closed
 */
public record ImageBatch<T>(List<T> images, TensorData pixels) {
    /** Copies the list. */
    public ImageBatch {
        images = List.copyOf(images);
    }
}
