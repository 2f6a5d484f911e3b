package dev.clap4j.internal.clip;

import dev.clap4j.internal.io.TensorData;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Generated images for trying out a model without a data set: waves of various directions, lengths and colours, and
 * noise.
 */
final class DrawnPictures {
    private static final int COUNT = 8;
    private static final long SEED = 2024;
    private static final double NOISE = 0.2;

    private DrawnPictures() {}

    /** Returns the images, always the same, as normalised pixels {@code [8, 3, size, size]}. */
    static TensorData pixels(int size) {
        RandomGenerator random = new SplittableRandom(SEED);
        float[] values = new float[COUNT * 3 * size * size];
        int at = 0;
        for (int plane = 0; plane < COUNT * 3; plane++) {
            double level = random.nextGaussian();
            double across = random.nextDouble(40.0 / size);
            double down = random.nextDouble(40.0 / size);
            for (int y = 0; y < size; y++) {
                for (int x = 0; x < size; x++) {
                    values[at++] = (float) (level + Math.sin(across * x + down * y) + NOISE * random.nextGaussian());
                }
            }
        }
        return TensorData.of("drawn pictures", values, COUNT, 3, size, size);
    }
}
