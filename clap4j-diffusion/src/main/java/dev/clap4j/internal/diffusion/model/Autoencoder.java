package dev.clap4j.internal.diffusion.model;

import dev.clap4j.internal.io.TensorData;

/** The autoencoder between pictures and latents. Thread-safe. */
public interface Autoencoder extends AutoCloseable {
    /**
     * Decodes latents.
     *
     * @param latents already divided by the {@link #scalingFactor}, F32 {@code [b, channels, h, w]}
     * @return pixels, about -1 to 1, not clipped, F32 {@code [b, 3, h * factor, w * factor]}
     */
    TensorData decode(TensorData latents);

    /**
     * Encodes pictures.
     *
     * @param pixels -1 to 1, F32 {@code [b, 3, h, w]}, with sides that are multiples of the {@link #factor}
     * @return the distribution of their latents, not yet multiplied by the {@link #scalingFactor}
     */
    Moments encode(TensorData pixels);

    /** Returns the factor from the autoencoder's latents to the denoiser's. */
    float scalingFactor();

    /** Returns the number of pixels along a side of a latent. */
    int factor();

    /** Frees the networks' memory; they are loaded again on the next use. */
    void unload();

    /** Frees the memory for good, when the last call in flight has ended. */
    @Override
    void close();
}
