package dev.clap4j.iconworld.scene;

import java.util.random.RandomGenerator;

/**
 * The curriculum of pre-training, from the first sample to the last: first the concepts, then the ways in which they
 * are depicted.
 *
 * <p>A small network that sees all styles and style words at once learns the styles, which are easier, and hardly
 * anything about the concepts. So training starts with bare names of large objects in their own colours; by the middle,
 * everything occurs, and pictures of the same concept must be told apart.
 *
 * @param samples the number of samples
 */
record Curriculum(long samples) {
    /** The start and end of the transition, as shares of pre-training. */
    private static final double[] PICTURES = {0.05, 0.30};

    private static final double[] WORDS = {0.25, 0.45};

    /** The probability, at the end, that a sample has others of the same concept around it. */
    private static final double GROUPED = 0.7;

    /** Returns whether a sample has an easy picture. */
    boolean isEasyPicture(long index, RandomGenerator random) {
        return random.nextDouble() >= progress(index, PICTURES);
    }

    /** Returns whether a sample's caption is the bare name. */
    boolean isJustNamed(long index, RandomGenerator random) {
        return random.nextDouble() >= progress(index, WORDS);
    }

    /**
     * Returns whether a sample is drawn from a few concepts only, so that concepts recur in its batch: only then does
     * matching captions to pictures depend on style words.
     */
    boolean isGrouped(long index, RandomGenerator random) {
        return random.nextDouble() < GROUPED * progress(index, WORDS);
    }

    private double progress(long index, double[] span) {
        double at = (double) index / samples;
        return Math.max(0, Math.min(1, (at - span[0]) / (span[1] - span[0])));
    }

    /** Returns the attributes as in an easy picture. */
    static Scene.Attributes easy(Scene.Attributes attributes) {
        Size size = attributes.size() == Size.SMALL ? Size.NORMAL : attributes.size();
        return new Scene.Attributes(attributes.imageType(), ArtStyle.REALISTIC, size, Colour.MULTICOLORED);
    }
}
