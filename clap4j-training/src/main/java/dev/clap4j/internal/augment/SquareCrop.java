package dev.clap4j.internal.augment;

import dev.clap4j.internal.image.Bitmap;
import dev.clap4j.internal.image.PillowResize;
import dev.clap4j.internal.image.Resampling;
import java.util.random.RandomGenerator;

/**
 * A square crop of an image.
 *
 * @param left its left edge
 * @param top its upper edge
 * @param edge its width and height
 */
record SquareCrop(int left, int top, int edge) {
    private static final int ATTEMPTS = 10;

    /**
     * Draws a crop at a random place whose area is a random fraction of the image's, {@code minArea} to 1. Squares that
     * do not fit a long image are drawn again; if none fits, returns the largest centred one.
     */
    static SquareCrop draw(int width, int height, double minArea, RandomGenerator random) {
        int largest = Math.min(width, height);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            double area = (double) width * height * (minArea + (1 - minArea) * random.nextDouble());
            int edge = (int) Math.rint(Math.sqrt(area));
            if (edge >= 1 && edge <= largest) {
                int top = random.nextInt(height - edge + 1);
                return new SquareCrop(random.nextInt(width - edge + 1), top, edge);
            }
        }
        return new SquareCrop((width - largest) / 2, (height - largest) / 2, largest);
    }

    /** Crops and resizes an image. */
    Bitmap apply(Bitmap image, int size, Resampling filter) {
        return PillowResize.resize(image.crop(left, top, edge, edge), size, size, filter);
    }
}
