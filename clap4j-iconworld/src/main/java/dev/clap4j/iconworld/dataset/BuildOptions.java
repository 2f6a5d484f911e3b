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
 * The options that determine the pictures of a data set.
 *
 * @param split the split to draw scenes from
 * @param sets the icon sets
 * @param domains the meaning of domains
 * @param concepts the number of classes, the first ones of {@link Concept#ALL}
 * @param perClass number of pictures per class and domain
 * @param imageSize side of the pictures in pixels
 * @param seed seed of all scenes
 */
public record BuildOptions(
        Split split, List<IconSet> sets, Domains domains, int concepts, int perClass, int imageSize, long seed) {
    /** The version of drawing, to be incremented whenever a pixel changes, so that existing pictures are redrawn. */
    private static final int DRAWING = 1;

    private static final int SMALLEST = 16;
    private static final int LARGEST = 1024;

    /** The split to draw scenes from. */
    public enum Split {
        /** Training: every concept with its habitual attributes. */
        TRAIN,
        /** Evaluation: all attributes equally often, in scenes that do not occur in training. */
        TEST
    }

    /** The meaning of domains. */
    public enum Domains {
        /** One domain per icon set. */
        ICON_SETS,
        /** One domain per image type, with all icon sets mixed. */
        IMAGE_TYPES
    }

    /**
     * Checks the ranges.
     *
     * @throws ClapException if a number is out of its range, or there is no icon set
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
     * Checks the side of a picture in pixels.
     *
     * @throws ClapException if it is too small or too large to draw
     */
    public static void checkImageSize(int imageSize) {
        inRange("image size", imageSize, SMALLEST, LARGEST);
    }

    private static void inRange(String what, int value, int from, int to) {
        if (value < from || value > to) {
            throw new ClapException("The " + what + " should be from " + from + " to " + to + ", but is " + value);
        }
    }

    /**
     * Returns the options of the quickstart's evaluation: 77 concepts with uniform attributes, at the mini CLIP's size.
     */
    public static BuildOptions evaluation(List<IconSet> sets, int perClass, long seed) {
        return new BuildOptions(Split.TEST, sets, Domains.ICON_SETS, Concept.EVALUATED, perClass, 64, seed);
    }

    /** Returns the concepts that are the classes. */
    public List<Concept> classes() {
        return Concept.ALL.subList(0, concepts);
    }

    /** Returns the names of the domains' folders. */
    public List<String> domainNames() {
        return switch (domains) {
            case ICON_SETS -> sets.stream().map(IconSet::id).toList();
            case IMAGE_TYPES ->
                Arrays.stream(ImageType.values())
                        .map(type -> type.word().replace(' ', '_'))
                        .toList();
        };
    }

    /** Returns the number of pictures. */
    public int pictures() {
        return domainNames().size() * concepts * perClass;
    }

    SceneSampler sampler() {
        // A separate stream for evaluation, so that none of its pictures is used for training with the same seed.
        return switch (split) {
            case TRAIN -> SceneSampler.habitual(classes(), sets, seed);
            case TEST -> SceneSampler.even(classes(), sets, ~seed);
        };
    }

    /**
     * Returns 32 hexadecimal digits that identify the pictures: they change with any option, the version of drawing,
     * and the version of Java.
     */
    public String fingerprint() {
        return Digests.of(describe() + " drawn " + DRAWING);
    }

    /** Returns every option by name, and the version of Java, for the record. */
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
