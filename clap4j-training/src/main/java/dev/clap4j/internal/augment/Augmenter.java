package dev.clap4j.internal.augment;

import dev.clap4j.internal.image.Bitmap;
import dev.clap4j.internal.image.Resampling;
import dev.clap4j.training.augment.ImageAugmentation;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Draws augmented views of images. Changes are applied in the order of the authors' code: colours, block mask,
 * perspective, crop, flip.
 *
 * @param augmentation the changes
 */
public record Augmenter(ImageAugmentation augmentation) {
    /**
     * Returns a random view of an image. Each change draws from its own generator, so that two augmentations with the
     * same seed agree on the changes they share.
     *
     * @param size the view's edge in pixels
     * @param filter the filter for resizing the crop
     * @return {@code size × size} pixels of mode RGB
     */
    public Bitmap apply(Bitmap image, int size, Resampling filter, RandomGenerator random) {
        RandomGenerator colours = new SplittableRandom(random.nextLong());
        RandomGenerator blocks = new SplittableRandom(random.nextLong());
        RandomGenerator corners = new SplittableRandom(random.nextLong());
        RandomGenerator place = new SplittableRandom(random.nextLong());
        Bitmap view = new ColourJitter(augmentation.brightness(), augmentation.hue()).apply(image.toRgb(), colours);
        if (blocks.nextDouble() < augmentation.mask()) {
            view = BlockMask.draw(blocks).apply(view);
        }
        if (corners.nextDouble() < augmentation.perspective()) {
            view = Perspective.draw(view.width(), view.height(), corners).apply(view);
        }
        view = SquareCrop.draw(view.width(), view.height(), augmentation.minArea(), place)
                .apply(view, size, filter);
        return random.nextDouble() < augmentation.flip() ? flipped(view) : view;
    }

    /** Flips an image horizontally. */
    static Bitmap flipped(Bitmap rgb) {
        byte[] in = rgb.samples();
        byte[] out = new byte[in.length];
        int row = rgb.width() * 3;
        for (int i = 0; i < in.length; i += 3) {
            int mirrored = i / row * row + row - 3 - i % row;
            System.arraycopy(in, i, out, mirrored, 3);
        }
        return Bitmap.of(rgb.mode(), rgb.width(), rgb.height(), out);
    }
}
