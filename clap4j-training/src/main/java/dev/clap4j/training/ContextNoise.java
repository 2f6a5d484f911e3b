package dev.clap4j.training;

import dev.clap4j.ClapException;

/**
 * Gaussian vectors among the token embeddings of augmented prompts (IGN; CLAP, section 3.2). Each step draws its own
 * vectors and their place; one draw serves the whole batch.
 *
 * @param vectors how many; 0 for none
 * @param std their standard deviation around 0
 */
public record ContextNoise(int vectors, float std) {
    /** No noise, as in the published results on many classes. */
    public static final ContextNoise NONE = new ContextNoise(0, 0);

    /** Four vectors of standard deviation 0.02, as in the published results on few classes. */
    public static final ContextNoise OFFICIAL = new ContextNoise(4, 0.02f);

    /**
     * Checks the ranges.
     *
     * @throws ClapException if the number is not between 0 and 64, or the deviation is negative or not finite
     */
    public ContextNoise {
        if (vectors < 0 || vectors > 64) {
            throw new ClapException("The number of noise vectors should be between 0 and 64, but is " + vectors);
        }
        if (!(std >= 0) || Float.isInfinite(std)) {
            throw new ClapException("The standard deviation of the noise should be 0 or more, but is " + std);
        }
    }

    /** Whether there is any. */
    public boolean isOn() {
        return vectors > 0;
    }
}
