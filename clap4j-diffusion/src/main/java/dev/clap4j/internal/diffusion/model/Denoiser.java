package dev.clap4j.internal.diffusion.model;

import dev.clap4j.internal.io.TensorData;

/** The network that predicts the noise in latents, or what its scheduler makes of it. Thread-safe. */
public interface Denoiser extends AutoCloseable {
    /**
     * Predicts.
     *
     * @param sample latents, F32 {@code [b, channels, h, w]}
     * @param timesteps one for each row, or one for all; fractions are allowed
     * @param condition exactly the conditions that the network takes
     * @return F32 {@code [b, channels, h, w]}
     */
    TensorData predict(TensorData sample, float[] timesteps, Condition condition);

    /** Returns the number of channels of latents. */
    int channels();

    /** Returns the height and width of latents for which the network was trained. */
    int sampleSize();

    /** Returns the dimension of the guidance embedding; 0 if the network takes none. */
    int guidanceDim();

    /** Returns the number of sizes among the conditions ({@link Condition#timeIds}); 0 if the network takes none. */
    int timeIds();

    /** Frees the network's memory; it is loaded again on the next use. */
    void unload();

    /** Frees the memory for good, when the last call in flight has ended. */
    @Override
    void close();
}
