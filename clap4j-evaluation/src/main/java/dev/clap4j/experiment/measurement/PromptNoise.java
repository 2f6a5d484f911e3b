package dev.clap4j.experiment.measurement;

import dev.clap4j.experiment.PromptSet;
import dev.clap4j.internal.clip.ContextText;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * The noise before class names: a draw for each batch of images, all from one seed, one after the other. Batches are the
 * images of a domain in order, so many at a time, domain by domain. Not thread-safe.
 */
public final class PromptNoise {
    /** The standard deviation of the values of Gaussian vectors before a noisy text. */
    private static final double STD = 0.02;

    /** Noisy texts encoded together, to fill the encoder's batches. */
    private static final int TEXTS_AT_ONCE = 1024;

    private final RandomGenerator random;
    private final int width;

    /**
     * Begins with the first batch.
     *
     * @param width the number of values of a vector, see {@link dev.clap4j.internal.clip.PromptEncoder#contextWidth}
     */
    public PromptNoise(long seed, int width) {
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        this.width = width;
    }

    /** Returns texts after the noise of the next batch. */
    public List<ContextText> before(List<String> texts) {
        return PromptSet.afterNoise(texts, STD, width, random);
    }

    /** Leaves out batches. */
    public void skip(long batches) {
        for (long i = 0; i < batches; i++) {
            before(List.of());
        }
    }

    /** Returns the number of batches whose texts are encoded together. */
    public static int batchesAtOnce(int texts) {
        return Math.max(1, TEXTS_AT_ONCE / texts);
    }
}
