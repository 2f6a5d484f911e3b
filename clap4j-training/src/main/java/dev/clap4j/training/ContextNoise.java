package dev.clap4j.training;

import dev.clap4j.ClapException;

/**
 * Gaussian vectors inserted among the token embeddings of augmented prompts (IGN; CLAP, section 3.2). Each step draws
 * vectors and a position once, for the whole batch.
 *
 * @param vectors the number of vectors, 0 to 64; 0 disables noise
 * @param std the standard deviation; the mean is 0
 */
public record ContextNoise(int vectors, float std) {
    /** No noise, as in the published results for many classes. */
    public static final ContextNoise NONE = new ContextNoise(0, 0);

    /** Four vectors with standard deviation 0.02, as in the published results for few classes. */
    public static final ContextNoise OFFICIAL = new ContextNoise(4, 0.02f);

    /**
     * Checks the ranges.
     *
     * @throws ClapException if {@code vectors} is not between 0 and 64, or {@code std} is negative or not finite
     */
    public ContextNoise {
        if (vectors < 0 || vectors > 64) {
            throw new ClapException("The number of noise vectors should be between 0 and 64, but is " + vectors);
        }
        if (!(std >= 0) || Float.isInfinite(std)) {
            throw new ClapException("The standard deviation of the noise should be 0 or more, but is " + std);
        }
    }

    /** Returns whether noise is enabled. */
    public boolean isOn() {
        return vectors > 0;
    }
}
