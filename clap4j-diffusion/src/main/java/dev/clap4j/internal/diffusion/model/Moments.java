package dev.clap4j.internal.diffusion.model;

import dev.clap4j.internal.io.TensorData;

/**
 * A normal distribution of latents.
 *
 * @param mean F32 {@code [b, channels, h, w]}
 * @param logvar the logarithm of the variance, from -30 to 20, in the same shape
 */
public record Moments(TensorData mean, TensorData logvar) {
    static final float LEAST_LOGVAR = -30;
    private static final float LARGEST_LOGVAR = 20;

    /**
     * Takes an encoder's output apart.
     *
     * @param moments the means, then the logarithms of the variances, F32 {@code [b, 2 * channels, h, w]}
     */
    static Moments of(TensorData moments) {
        long channels = moments.shape()[1] / 2;
        TensorData logvar = Batches.slice(moments, channels, channels);
        float[] clamped = logvar.toFloats();
        for (int i = 0; i < clamped.length; i++) {
            clamped[i] = Math.min(Math.max(clamped[i], LEAST_LOGVAR), LARGEST_LOGVAR);
        }
        return new Moments(Batches.slice(moments, 0, channels), TensorData.of("logvar", clamped, logvar.shape()));
    }
}
