package dev.clap4j.iconworld.scene;

import dev.clap4j.iconworld.icon.Concept;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The habitual attributes of a concept: every concept has its own distribution of colours, sizes and image types, so
 * that content and style are entangled as they are on the web.
 */
record AttributePrior(
        Distribution<ImageType> imageTypes,
        Distribution<ArtStyle> artStyles,
        Distribution<Size> sizes,
        Distribution<Colour> colours) {
    /** The weight of the concept's own distribution; the rest is uniform. */
    private static final double OWN = 0.75;

    /** The share of (concept, image type) pairs that never occur. */
    private static final double NEVER = 0.12;

    private static final List<ImageType> TYPES = List.of(ImageType.values());
    private static final List<ArtStyle> STYLES = List.of(ArtStyle.values());
    private static final List<Size> SIZES = List.of(Size.values());
    private static final List<Colour> COLOURS = List.of(Colour.values());

    /** Uniform attributes, used for evaluation. */
    static final AttributePrior NONE = new AttributePrior(
            Distribution.even(TYPES), Distribution.even(STYLES), Distribution.even(SIZES), Distribution.even(COLOURS));

    /** Returns the habits of a concept, independent of any seed. */
    static AttributePrior of(Concept concept) {
        RandomGenerator random = Seeds.generator(0, "habits of " + concept.name(), 0);
        return new AttributePrior(
                Distribution.skewed(TYPES, OWN, random).without(NEVER, random),
                Distribution.skewed(STYLES, OWN, random),
                Distribution.skewed(SIZES, OWN, random),
                Distribution.skewed(COLOURS, OWN, random));
    }

    /** Draws habitual attributes. */
    Scene.Attributes draw(RandomGenerator random) {
        return new Scene.Attributes(
                imageTypes.draw(random), artStyles.draw(random), sizes.draw(random), colours.draw(random));
    }
}
