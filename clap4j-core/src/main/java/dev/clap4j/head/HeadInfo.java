package dev.clap4j.head;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Provenance and suggested use of a head.
 *
 * @param alpha the default α
 * @param backboneName the name of the model whose features it was trained on; empty if unknown
 * @param backboneFingerprint the fingerprint of that model's weights; empty if unknown
 * @param classes the classes whose prompts it was trained on; empty if unknown
 * @param objective the training objective, {@code "clap"} or {@code "im-aug"}; empty if unknown
 * @param hyperparameters hyper-parameters by name
 * @param seed the seed of all random numbers, or null if unknown
 * @param versions versions of the software that trained it, by name
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

    /** Information about a head of which only the weights are known: α is 1, as in training. */
    public static final HeadInfo UNKNOWN = new HeadInfo(1, "", "", List.of(), "", Map.of(), null, Map.of());

    /**
     * Copies the collections, preserving their order.
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

    /** Returns a copy with another default α. */
    public HeadInfo withAlpha(float other) {
        return new HeadInfo(
                other, backboneName, backboneFingerprint, classes, objective, hyperparameters, seed, versions);
    }
}
