package dev.clap4j.iconworld.dataset;

import dev.clap4j.ClapException;
import dev.clap4j.iconworld.icon.Concept;
import dev.clap4j.iconworld.icon.IconSet;
import dev.clap4j.iconworld.icon.Rasteriser;
import dev.clap4j.iconworld.scene.ImageType;
import dev.clap4j.iconworld.scene.SceneSampler;
import dev.clap4j.internal.io.Digests;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that decides about the pictures of a data set.
 *
 * @param split which scenes
 * @param sets whose drawings
 * @param domains what the domains are
 * @param concepts how many of {@link Concept#ALL} are the classes
 * @param perClass pictures of each class in each domain
 * @param imageSize pixels of a side
 * @param seed of all scenes
 */
public record BuildOptions(
        Split split, List<IconSet> sets, Domains domains, int concepts, int perClass, int imageSize, long seed) {
    /** How scenes become pictures; to be raised whenever a pixel changes, so that kept pictures are drawn anew. */
    private static final int DRAWING = 1;

    private static final int SMALLEST = 16;
    private static final int LARGEST = 1024;

    /** Which scenes. */
    public enum Split {
        /** As pre-training sees them: every concept in its habitual attributes. */
        TRAIN,
        /** For evaluation: all attributes equally often, and other scenes than any of the training's. */
        TEST
    }

    /** What the domains are. */
    public enum Domains {
        /** A domain for each icon set. */
        ICON_SETS,
        /** A domain for each image type, all icon sets mixed. */
        IMAGE_TYPES
    }

    /**
     * Checks the ranges.
     *
     * @throws ClapException if a number is out of its range, or there is no set
     */
    public BuildOptions {
        sets = List.copyOf(sets);
        if (sets.isEmpty()) {
            throw new ClapException("At least one icon set is needed");
        }
        inRange("number of concepts", concepts, 1, Concept.ALL.size());
        inRange("number of pictures per class", perClass, 1, 1_000_000);
        checkImageSize(imageSize);
    }

    /**
     * Checks the pixels of a side.
     *
     * @throws ClapException if they are too few or too many to draw
     */
    public static void checkImageSize(int imageSize) {
        inRange("image size", imageSize, SMALLEST, LARGEST);
    }

    private static void inRange(String what, int value, int from, int to) {
        if (value < from || value > to) {
            throw new ClapException("The " + what + " should be from " + from + " to " + to + ", but is " + value);
        }
    }

    /** The pictures that the quickstart measures on: 77 concepts, of even attributes, at the mini CLIP's size. */
    public static BuildOptions evaluation(List<IconSet> sets, int perClass, long seed) {
        return new BuildOptions(Split.TEST, sets, Domains.ICON_SETS, Concept.EVALUATED, perClass, 64, seed);
    }

    /** The concepts that are the classes. */
    public List<Concept> classes() {
        return Concept.ALL.subList(0, concepts);
    }

    /** The names of the domains' folders. */
    public List<String> domainNames() {
        return switch (domains) {
            case ICON_SETS -> sets.stream().map(IconSet::id).toList();
            case IMAGE_TYPES ->
                Arrays.stream(ImageType.values())
                        .map(type -> type.word().replace(' ', '_'))
                        .toList();
        };
    }

    /** The number of pictures. */
    public int pictures() {
        return domainNames().size() * concepts * perClass;
    }

    SceneSampler sampler() {
        // Another stream for evaluation: no picture of it may be one that a run with the same seed is trained on.
        return switch (split) {
            case TRAIN -> SceneSampler.habitual(classes(), sets, seed);
            case TEST -> SceneSampler.even(classes(), sets, ~seed);
        };
    }

    /**
     * 32 hexadecimal digits that stand for the pictures: others if an option changes, the way of drawing, or the version of
     * Java.
     */
    public String fingerprint() {
        return Digests.of(describe() + " drawn " + DRAWING);
    }

    /** Every option by name, and the version of Java that draws, for the record. */
    Map<String, Object> describe() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("split", split.name());
        all.put("sets", sets.stream().map(IconSet::id).toList());
        all.put("domains", domains.name());
        all.put("concepts", concepts);
        all.put("per-class", perClass);
        all.put("image-size", imageSize);
        all.put("seed", String.valueOf(seed));
        all.put("java", Rasteriser.version());
        return all;
    }
}
