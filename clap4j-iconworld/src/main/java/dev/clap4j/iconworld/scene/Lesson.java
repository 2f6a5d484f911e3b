package dev.clap4j.iconworld.scene;

import java.util.random.RandomGenerator;

/**
 * What pre-training is shown, from its first sample to its last: things first, then the ways in which they are shown.
 *
 * <p>A small network that meets all styles and all words for them at once learns the styles, which are easier, and of the
 * things hardly anything. So it begins with names for large things in their own colours; by the middle of the course it
 * sees and reads everything, and has to tell pictures of the same thing apart.
 *
 * @param samples how long the course is
 */
record Lesson(long samples) {
    /** Where the course begins to change, and where it has changed, in shares of it. */
    private static final double[] PICTURES = {0.05, 0.30};

    private static final double[] WORDS = {0.25, 0.45};

    /** How often, at the end, a sample has several of its kind around it. */
    private static final double LIKES = 0.7;

    /** Whether a sample's picture is an easy one. */
    boolean isEasyPicture(long index, RandomGenerator random) {
        return random.nextDouble() >= progress(index, PICTURES);
    }

    /** Whether a sample's caption is just the name. */
    boolean isJustNamed(long index, RandomGenerator random) {
        return random.nextDouble() >= progress(index, WORDS);
    }

    /**
     * Whether a sample is drawn from a few concepts only, so that its batch has more of the same: only then do words about
     * style decide which caption belongs to which picture.
     */
    boolean isAmongLikes(long index, RandomGenerator random) {
        return random.nextDouble() < LIKES * progress(index, WORDS);
    }

    private double progress(long index, double[] span) {
        double at = (double) index / samples;
        return Math.max(0, Math.min(1, (at - span[0]) / (span[1] - span[0])));
    }

    /** The same attributes as they are in an easy picture. */
    static Scene.Attributes easy(Scene.Attributes attributes) {
        Size size = attributes.size() == Size.SMALL ? Size.NORMAL : attributes.size();
        return new Scene.Attributes(attributes.imageType(), ArtStyle.REALISTIC, size, Colour.MULTICOLORED);
    }
}
