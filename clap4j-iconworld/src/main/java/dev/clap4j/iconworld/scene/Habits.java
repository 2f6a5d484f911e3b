package dev.clap4j.iconworld.scene;

import dev.clap4j.iconworld.icon.Concept;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * In which attributes a concept is usually met: every concept has its own frequent colours, sizes and kinds of picture,
 * so that content and style are entangled, as they are on the web.
 */
record Habits(
        Frequencies<ImageType> imageTypes,
        Frequencies<ArtStyle> artStyles,
        Frequencies<Size> sizes,
        Frequencies<Colour> colours) {
    /** How much of a frequency is the concept's own; the rest is the same for all. */
    private static final double OWN = 0.75;

    /** The share of (concept, image type) pairs that are never seen. */
    private static final double NEVER = 0.12;

    private static final List<ImageType> TYPES = List.of(ImageType.values());
    private static final List<ArtStyle> STYLES = List.of(ArtStyle.values());
    private static final List<Size> SIZES = List.of(Size.values());
    private static final List<Colour> COLOURS = List.of(Colour.values());

    /** Every attribute as often as any other: how pictures for evaluation are drawn. */
    static final Habits NONE = new Habits(
            Frequencies.even(TYPES), Frequencies.even(STYLES), Frequencies.even(SIZES), Frequencies.even(COLOURS));

    /** A concept's habits; they do not depend on any seed. */
    static Habits of(Concept concept) {
        RandomGenerator random = Seeds.generator(0, "habits of " + concept.name(), 0);
        return new Habits(
                Frequencies.skewed(TYPES, OWN, random).without(NEVER, random),
                Frequencies.skewed(STYLES, OWN, random),
                Frequencies.skewed(SIZES, OWN, random),
                Frequencies.skewed(COLOURS, OWN, random));
    }

    /** Attributes as this concept is usually met in. */
    Scene.Attributes draw(RandomGenerator random) {
        return new Scene.Attributes(
                imageTypes.draw(random), artStyles.draw(random), sizes.draw(random), colours.draw(random));
    }
}
