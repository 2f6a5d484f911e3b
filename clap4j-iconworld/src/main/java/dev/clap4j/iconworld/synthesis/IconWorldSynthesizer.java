package dev.clap4j.iconworld.synthesis;

import dev.clap4j.ClapException;
import dev.clap4j.Progress;
import dev.clap4j.iconworld.Concepts;
import dev.clap4j.iconworld.dataset.BuildOptions;
import dev.clap4j.iconworld.icon.Concept;
import dev.clap4j.iconworld.icon.GlyphAtlas;
import dev.clap4j.iconworld.icon.IconSet;
import dev.clap4j.iconworld.icon.Rasteriser;
import dev.clap4j.iconworld.paint.Painter;
import dev.clap4j.iconworld.paint.Pictures;
import dev.clap4j.iconworld.scene.Scene;
import dev.clap4j.iconworld.scene.SceneSampler;
import dev.clap4j.iconworld.scene.Seeds;
import dev.clap4j.synthesis.ImageSynthesizer;
import java.awt.image.BufferedImage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Draws prompts with the icons used for pre-training; whatever a prompt does not mention (icon set, position, any
 * attribute) is drawn from the seed.
 */
public final class IconWorldSynthesizer implements ImageSynthesizer {
    private final Map<String, Concept> concepts;
    private final Painter painter;

    private IconWorldSynthesizer(Map<String, Concept> concepts, Painter painter) {
        this.concepts = concepts;
        this.painter = painter;
    }

    /**
     * Creates a synthesizer for some classes.
     *
     * @param classes names of concepts of icon world
     * @param imageSize side of the pictures in pixels
     * @param progress receives the number of drawings rendered in advance, {@code classes × 7} in all
     * @throws ClapException if icon world lacks a class, or the size is out of range
     */
    public static IconWorldSynthesizer of(List<String> classes, int imageSize, Progress progress) {
        BuildOptions.checkImageSize(imageSize);
        Map<String, Concept> concepts = new LinkedHashMap<>();
        classes.forEach(name -> concepts.put(name, Concepts.named(name)));
        List<Concept> distinct = concepts.values().stream().distinct().toList();
        return new IconWorldSynthesizer(
                concepts, new Painter(GlyphAtlas.render(distinct, IconSet.SEEN, progress), imageSize));
    }

    @Override
    public BufferedImage synthesize(String prompt, String className, long seed) {
        return Pictures.image(painter.paint(scene(prompt, className, seed)), painter.side());
    }

    @Override
    public int atOnce() {
        return Runtime.getRuntime().availableProcessors();
    }

    /** Returns the scene to be painted. */
    Scene scene(String prompt, String className, long seed) {
        Concept concept = concepts.get(className);
        if (concept == null) {
            throw new ClapException(
                    "This synthesizer was made for " + String.join(", ", concepts.keySet()) + ", not for " + className);
        }
        RandomGenerator random = Seeds.generator(seed, "synthesis", 0);
        Scene.Attributes attributes = PromptAttributes.in(prompt, className).orDrawn(random);
        IconSet set = IconSet.SEEN.get(random.nextInt(IconSet.SEEN.size()));
        return SceneSampler.even(List.of(concept), IconSet.SEEN, seed).get(concept, set, attributes, 0);
    }

    @Override
    public Map<String, String> describe() {
        return Map.of(
                "synthesizer", "iconworld", "image-size", String.valueOf(painter.side()), "java", Rasteriser.version());
    }

    @Override
    public void close() {
        // Only heap memory.
    }
}
