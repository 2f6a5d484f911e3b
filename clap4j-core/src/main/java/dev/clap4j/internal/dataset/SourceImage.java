package dev.clap4j.internal.dataset;

import dev.clap4j.internal.image.DecodeOptions;
import dev.clap4j.internal.image.Preprocessing;
import java.util.Optional;

/**
 * An image of a source.
 *
 * @param id its name: a path, or that of the source with the image's place in it; one line
 * @param content the encoded image
 * @param label its class, or the number of its class, as the source has it
 * @param domain its domain, as the source has it
 */
public record SourceImage(String id, ImageContent content, Optional<String> label, Optional<String> domain) {
    /** Creates an image without a label. */
    public SourceImage(String id, ImageContent content) {
        this(id, content, Optional.empty(), Optional.empty());
    }

    /**
     * Returns the pixels that a model takes, {@code [3, size, size]}.
     *
     * @throws dev.clap4j.ClapException if the image cannot be decoded
     */
    public byte[] pixels(Preprocessing preprocessing, DecodeOptions options) {
        return content.decode(options, preprocessing::pixels);
    }
}
