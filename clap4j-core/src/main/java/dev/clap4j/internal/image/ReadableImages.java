package dev.clap4j.internal.image;

import dev.clap4j.ClapException;
import dev.clap4j.Progress;
import dev.clap4j.UnreadableImage;
import dev.clap4j.internal.run.Steps;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds images that cannot be decoded, by decoding them. */
public final class ReadableImages {
    private ReadableImages() {}

    /**
     * Returns the images that cannot be decoded, in order.
     *
     * @param images decoded on all processors, and discarded
     * @param progress receives the number of images done
     */
    public static List<UnreadableImage> unreadable(List<Path> images, DecodeOptions options, Progress progress) {
        Steps steps = Steps.begin(progress, "checking images", images.size());
        return images.parallelStream()
                .map(image -> {
                    Optional<UnreadableImage> failed = decode(image, options);
                    steps.advance(1);
                    return failed;
                })
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<UnreadableImage> decode(Path image, DecodeOptions options) {
        try {
            ImageDecoder.decode(image, options);
            return Optional.empty();
        } catch (ClapException e) {
            return Optional.of(new UnreadableImage(image, e.getMessage()));
        }
    }
}
