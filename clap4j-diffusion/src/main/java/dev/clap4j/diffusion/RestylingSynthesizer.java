package dev.clap4j.diffusion;

import dev.clap4j.ClapException;
import dev.clap4j.internal.image.DecodeOptions;
import dev.clap4j.internal.image.ImageDecoder;
import dev.clap4j.synthesis.ImageSynthesizer;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Draws pictures that begin with given ones of their class: the same content in the style of the prompt. The seed
 * determines which of the given pictures that is, besides the noise.
 */
public final class RestylingSynthesizer implements ImageSynthesizer {
    private final DiffusionSynthesizer synthesizer;
    private final ClassPictures pictures;
    private final double strength;

    private RestylingSynthesizer(DiffusionSynthesizer synthesizer, ClassPictures pictures, double strength) {
        this.synthesizer = synthesizer;
        this.pictures = pictures;
        this.strength = strength;
    }

    /**
     * Creates a synthesizer.
     *
     * @param synthesizer draws the pictures; closed with this one
     * @param folder the given pictures: {@code <class>/<image>}, or deeper
     * @param classes names of classes that the folder has
     * @param strength the share of the steps that are taken, above 0 to 1: little keeps the picture, 1 hardly regards it
     * @throws ClapException if the folder lacks a class or cannot be read, the strength is out of range, or the
     *     synthesizer begins with given latents
     */
    public static RestylingSynthesizer of(
            DiffusionSynthesizer synthesizer, Path folder, List<String> classes, double strength) {
        if (!(strength > 0 && strength <= 1)) {
            throw new ClapException("The strength should be above 0 and at most 1, not " + strength);
        }
        synthesizer.requireNoLatents();
        return new RestylingSynthesizer(synthesizer, ClassPictures.read(folder, classes), strength);
    }

    /**
     * Draws a picture that begins with a given one.
     *
     * @throws ClapException if the folder has no pictures of the class, or the picture cannot be decoded
     */
    @Override
    public BufferedImage synthesize(String prompt, String className, long seed) {
        BufferedImage picture = ImageDecoder.decode(pictures.choose(className, seed), DecodeOptions.defaults())
                .toImage();
        return synthesizer.restyle(picture, prompt, strength, seed);
    }

    @Override
    public Map<String, String> describe() {
        Map<String, String> made = new TreeMap<>(synthesizer.describe());
        made.put("strength", String.valueOf(strength));
        made.put("images", pictures.fingerprint());
        return made;
    }

    @Override
    public void close() {
        synthesizer.close();
    }
}
