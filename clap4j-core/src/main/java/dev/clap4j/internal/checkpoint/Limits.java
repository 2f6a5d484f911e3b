package dev.clap4j.internal.checkpoint;

import dev.clap4j.ClapException;
import java.util.Arrays;
import java.util.Locale;

/** Constraints that hold in every configuration. */
final class Limits {
    /** Fifteen times the deepest CLIP. */
    static final int MAX_LAYERS = 512;

    private Limits() {}

    static int layers(ConfigSection section, String key, int byDefault) {
        int layers = section.extent(key, byDefault);
        if (layers > MAX_LAYERS) {
            throw section.unexpected(key, "at most " + MAX_LAYERS);
        }
        return layers;
    }

    /**
     * Returns the configuration itself.
     *
     * @throws ClapException if a tensor would be larger than Java's buffers, naming it and its size
     */
    static ModelConfig requireAddressable(ModelConfig config) {
        config.architecture().shapes().asMap().forEach((name, shape) -> {
            double bytes = Float.BYTES;
            for (long extent : shape) {
                bytes *= extent;
            }
            if (bytes > Integer.MAX_VALUE) {
                throw new ClapException(String.format(
                        Locale.ROOT,
                        "%s describes a model whose tensor %s of the shape %s takes %.1f GiB; at most 2 GiB can be read",
                        config.source(),
                        name,
                        Arrays.toString(shape),
                        bytes / (1L << 30)));
            }
        });
        return config;
    }

    static int heads(ConfigSection section, String key, int byDefault, int width) {
        int heads = section.extent(key, byDefault);
        if (width % heads != 0) {
            throw new ClapException(section.path() + ": " + section.where() + key + " is " + heads
                    + ", which does not divide the width " + width);
        }
        return heads;
    }

    /** Returns the image size where pixels after the last whole patch are left out. */
    static int wholePatches(ConfigSection section, int byDefault, int patchSize) {
        int size = section.side("image_size", byDefault);
        if (size < patchSize) {
            throw section.unexpected("image_size", "at least the patch size " + patchSize);
        }
        return size;
    }

    static int imageSize(ConfigSection section, int byDefault, int unit) {
        int size = section.side("image_size", byDefault);
        if (size % unit != 0) {
            throw new ClapException(section.path() + ": " + section.where() + "image_size is " + size
                    + ", expected a multiple of " + unit);
        }
        return size;
    }
}
