package dev.clap4j.training.augment;

import java.util.Objects;

/**
 * The random augmentation of images (CLAP, section 4.1: Im.Aug). Changes are applied in the order of the authors' code:
 * colours, block mask, perspective, crop, flip.
 *
 * @param minArea the smallest fraction of the image's area that a square crop takes; the largest is 1
 * @param brightness the factor is uniform within 1 ± this
 * @param hue the shift is uniform within ± this, in turns of the colour circle
 * @param mask probability that up to a quarter of the blocks of a grid are black
 * @param perspective probability of a perspective transform
 * @param flip probability of a horizontal flip
 */
public record ImageAugmentation(
        double minArea, double brightness, double hue, double mask, double perspective, double flip) {
    /** No change except the largest square crop. */
    public static final ImageAugmentation NONE = new ImageAugmentation(1, 0, 0, 0, 0, 0);

    /** The augmentation of the published results: crop and colours. */
    public static final ImageAugmentation OFFICIAL = new ImageAugmentation(0.64, 0.5, 0.3, 0, 0, 0);

    private static final double MAX_HUE = 0.5;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a probability or the hue is out of range, the area is not above 0 and at most
     *     1, or the brightness is negative or not finite
     */
    public ImageAugmentation {
        for (double p : new double[] {mask, perspective, flip}) {
            if (!(p >= 0 && p <= 1)) {
                throw new IllegalArgumentException("A probability should be between 0 and 1, not " + p);
            }
        }
        if (!(minArea > 0 && minArea <= 1)) {
            throw new IllegalArgumentException("A part of the area lies above 0 and at most at 1, not at " + minArea);
        }
        if (!(hue >= 0 && hue <= MAX_HUE)) {
            throw new IllegalArgumentException("A shift of hue lies between 0 and 0.5, not at " + hue);
        }
        if (!(brightness >= 0) || Double.isInfinite(brightness)) {
            throw new IllegalArgumentException("A range of brightness is 0 or more, not " + brightness);
        }
    }

    /**
     * Parses an augmentation: {@code official}, {@code none}, or a list such as {@code
     * crop=0.64,brightness=0.5,hue=0.3,mask=0.5,perspective=0.5,flip=0.5}. Changes that are not listed are off.
     *
     * @throws dev.clap4j.ClapException if a name is unknown or given twice, or a number is missing or out of range
     */
    public static ImageAugmentation parse(String text) {
        return ImageAugmentationText.parse(Objects.requireNonNull(text, "text"));
    }

    /** Returns a text that {@link #parse} reads back as this augmentation. */
    public String describe() {
        return ImageAugmentationText.of(this);
    }
}
