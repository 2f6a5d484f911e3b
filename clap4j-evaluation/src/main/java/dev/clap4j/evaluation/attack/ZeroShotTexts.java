package dev.clap4j.evaluation.attack;

import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.clip.ContextPosition;
import dev.clap4j.internal.clip.ContextText;
import dev.clap4j.internal.clip.PromptEncoder;
import dev.clap4j.internal.run.Streams;
import dev.clap4j.prompt.PromptStyle;
import dev.clap4j.training.ContextNoise;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** The features of class names in the paper's four styles, each text encoded once for all methods. */
final class ZeroShotTexts {
    private final List<String> classes;
    private final PromptEncoder encoder;
    private final Streams streams;
    private final Map<PromptStyle, FeatureMatrix> plain = new EnumMap<>(PromptStyle.class);
    private final Map<String, FeatureMatrix> noisy = new HashMap<>();

    ZeroShotTexts(List<String> classes, PromptEncoder encoder, long seed) {
        this.classes = classes;
        this.encoder = encoder;
        this.streams = new Streams(seed);
    }

    /**
     * Text features {@code [classes, D]}, not normalised.
     *
     * @param batch the number of a batch of images in the domain, which share a draw of noise
     */
    FeatureMatrix get(PromptStyle style, String domain, int batch) {
        return style.isNoisy()
                ? noisy.computeIfAbsent(domain + "/" + batch, key -> encodeNoisy(style, domain, batch))
                : plain.computeIfAbsent(style, this::encode);
    }

    private FeatureMatrix encode(PromptStyle style) {
        return encoder.encode(classes.stream().map(style::text).toList());
    }

    private FeatureMatrix encodeNoisy(PromptStyle style, String domain, int batch) {
        RandomGenerator random = streams.get("attack prompt noise " + domain, batch);
        ContextNoise official = ContextNoise.OFFICIAL;
        float[][] noise = new float[official.vectors()][encoder.contextWidth()];
        for (float[] vector : noise) {
            for (int i = 0; i < vector.length; i++) {
                vector[i] = (float) (official.std() * random.nextGaussian());
            }
        }
        return encoder.encodeWithContext(classes.stream()
                .map(name -> new ContextText(style.text(name), noise, ContextPosition.FRONT))
                .toList());
    }
}
