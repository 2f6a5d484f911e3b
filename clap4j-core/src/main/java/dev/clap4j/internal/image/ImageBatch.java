package dev.clap4j.internal.image;

import dev.clap4j.internal.io.TensorData;
import java.nio.file.Path;
import java.util.List;

/**
 * A batch of prepared images.
 *
 * @param images the files, in order
 * @param pixels {@code [b, 3, size, size]}, one image per file; valid until the next call of {@code hasNext}, or until
 *     the stream is closed
 */
public record ImageBatch(List<Path> images, TensorData pixels) {
    /** Copies the list. */
    public ImageBatch {
        images = List.copyOf(images);
    }
}
