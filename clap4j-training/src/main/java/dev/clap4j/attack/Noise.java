package dev.clap4j.attack;

import java.util.List;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Where random starts come from. */
@FunctionalInterface
interface Noise {
    /**
     * Noise for some images of a batch, drawn anew at each call.
     *
     * @param images their places in the batch
     * @return {@code [images, 3, size, size]}, within ±epsilon
     */
    Tensor draw(int[] images);

    /** Uniform noise, each image's from its own generator, so that it does not depend on the images beside it. */
    static Noise uniform(List<RandomGenerator> random, double epsilon, int size) {
        int values = 3 * size * size;
        return images -> {
            float[] noise = new float[images.length * values];
            for (int i = 0; i < noise.length; i++) {
                double unit = random.get(images[i / values]).nextDouble();
                noise[i] = (float) ((2 * unit - 1) * epsilon);
            }
            return torch.tensor(noise).reshape(images.length, 3, size, size);
        };
    }

    /** The same for a part of the batch. */
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
