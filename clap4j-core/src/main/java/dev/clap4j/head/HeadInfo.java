package dev.clap4j.head;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a head comes from and how it is meant to be used.
 *
 * @param alpha the strength α to use unless another is asked for
 * @param backboneName the model whose features it was trained on, as people call it; empty if unknown
 * @param backboneFingerprint identifies that model's weights; empty if unknown
 * @param classes the classes whose prompts it was trained on; empty if unknown
 * @param objective what was minimised, {@code "clap"} or {@code "im-aug"}; empty if unknown
 * @param hyperparameters how it was trained, by name
 * @param seed what all randomness came from, or null if unknown
 * @param versions the software that trained it, by name
 */
public record HeadInfo(
        float alpha,
        String backboneName,
        String backboneFingerprint,
        List<String> classes,
        String objective,
        Map<String, String> hyperparameters,
        Long seed,
        Map<String, String> versions) {

    /** Of a head about which nothing is known but its weights: α is 1, as in training. */
    public static final HeadInfo UNKNOWN = new HeadInfo(1, "", "", List.of(), "", Map.of(), null, Map.of());

    /**
     * Copies the collections, whose order stays.
     *
     * @throws IllegalArgumentException if α is not a finite number
     */
    public HeadInfo {
        if (!Float.isFinite(alpha)) {
            throw new IllegalArgumentException("alpha is " + alpha);
        }
        classes = List.copyOf(classes);
        hyperparameters = Collections.unmodifiableMap(new LinkedHashMap<>(hyperparameters));
        versions = Collections.unmodifiableMap(new LinkedHashMap<>(versions));
    }

    /** The same with another default α. */
    public HeadInfo withAlpha(float other) {
        return new HeadInfo(
                other, backboneName, backboneFingerprint, classes, objective, hyperparameters, seed, versions);
    }
}
