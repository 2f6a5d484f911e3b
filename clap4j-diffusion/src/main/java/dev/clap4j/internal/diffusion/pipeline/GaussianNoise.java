package dev.clap4j.internal.diffusion.pipeline;

import dev.clap4j.internal.diffusion.scheduler.Noise;
import dev.clap4j.internal.run.Streams;
import java.util.random.RandomGenerator;

/**
 * Noise of a seed: the stream {@code picture} of {@link Streams} (a {@link java.util.SplittableRandom}), mapped to normal
 * numbers by the polar method (Marsaglia and Bray 1964) with {@link StrictMath}, so that it is the same on every machine
 * and version of Java.
 */
public final class GaussianNoise implements Noise {
    private final RandomGenerator random;
    private final int count;
    private double second = Double.NaN;

    /**
     * Creates the noise of a picture.
     *
     * @param count the number of values of a tensor
     */
    public GaussianNoise(long seed, int count) {
        this.random = new Streams(seed).get("picture", 0);
        this.count = count;
    }

    @Override
    public float[] next() {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) nextGaussian();
        }
        return values;
    }

    private double nextGaussian() {
        if (!Double.isNaN(second)) {
            double value = second;
            second = Double.NaN;
            return value;
        }
        double x;
        double y;
        double square;
        do {
            x = 2 * random.nextDouble() - 1;
            y = 2 * random.nextDouble() - 1;
            square = x * x + y * y;
        } while (square >= 1 || square == 0);
        double factor = StrictMath.sqrt(-2 * StrictMath.log(square) / square);
        second = y * factor;
        return x * factor;
    }
}
