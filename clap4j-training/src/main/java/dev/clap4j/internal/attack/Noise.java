package dev.clap4j.internal.attack;

import java.util.List;
import java.util.random.RandomGenerator;

/** The source of random starts. */
@FunctionalInterface
interface Noise {
    /**
     * Draws new noise for some images of a batch.
     *
     * @param images the indices of the images in the batch
     * @return {@code [images, 3, size, size]}, within ±epsilon
     */
    float[] draw(int[] images);

    /**
     * Returns uniform noise. Each image has its own generator, so its noise does not depend on the rest of the batch.
     */
    static Noise uniform(List<RandomGenerator> random, double epsilon, int size) {
        int values = 3 * size * size;
        return images -> {
            float[] noise = new float[images.length * values];
            for (int i = 0; i < noise.length; i++) {
                double unit = random.get(images[i / values]).nextDouble();
                noise[i] = (float) ((2 * unit - 1) * epsilon);
            }
            return noise;
        };
    }

    /**
     * Returns the noise of a part of the batch.
     *
     * @param part the indices of the part's images in the batch
     */
    default Noise of(int[] part) {
        return images -> {
            int[] places = new int[images.length];
            for (int i = 0; i < places.length; i++) {
                places[i] = part[images[i]];
            }
            return draw(places);
        };
    }
}
