package dev.clap4j.internal.diffusion.pipeline;

import dev.clap4j.ClapException;
import dev.clap4j.internal.diffusion.model.DiffusionModel;

/** The extents of a picture's latents. */
record LatentShape(int channels, int height, int width) {
    /** The largest side of a picture, as a multiple of that of the pictures a model was trained on. */
    private static final int LARGEST = 4;

    static LatentShape of(DiffusionModel model, DrawingSettings settings) {
        int factor = model.autoencoder().factor();
        if (settings.height() % factor != 0 || settings.width() % factor != 0) {
            throw new ClapException("The model draws pictures whose height and width are multiples of " + factor
                    + " pixels, but " + settings.width() + "×" + settings.height() + " are asked for");
        }
        long own = (long) factor * model.denoiser().sampleSize();
        if (Math.max(settings.height(), settings.width()) > LARGEST * own) {
            throw new ClapException("The model was trained on pictures of " + own + " pixels a side and draws up to "
                    + LARGEST * own + ", not " + settings.width() + "×" + settings.height()
                    + ": every pixel attends to every other, which takes 16 times as long at twice the side");
        }
        return new LatentShape(model.denoiser().channels(), settings.height() / factor, settings.width() / factor);
    }

    int elements() {
        return Math.multiplyExact(Math.multiplyExact(channels, height), width);
    }

    long[] extents() {
        return new long[] {channels, height, width};
    }
}
