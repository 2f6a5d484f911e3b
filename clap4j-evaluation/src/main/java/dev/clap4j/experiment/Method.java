package dev.clap4j.experiment;

import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.head.Head;
import dev.clap4j.head.HeadInfo;
import dev.clap4j.internal.classify.ContentMap;
import dev.clap4j.training.objective.ImAugObjective;

/**
 * A method under comparison: a model's features as they are, or after a head with some α.
 *
 * @param name its name in tables
 * @param alpha the value of α; null without a head
 * @param map the map applied to image and text features
 * @param head the same as a network, which attacks need; null without a head
 * @param condition the dimensions of its scores: method, α, and what distinguishes it from others of the same name
 */
public record Method(String name, Float alpha, ContentMap map, Head head, Condition condition) {
    /** The model's unmodified features. */
    public static final Method CLIP = plain("CLIP", (features, alpha) -> features);

    /** Returns a method without a head. */
    static Method plain(String name, ContentMap map) {
        return new Method(name, null, map, null, Condition.NONE.with(Condition.METHOD, name));
    }

    /**
     * Returns a head.
     *
     * @param map the head, ready to run
     * @param head the same as a network; null if it is not attacked
     */
    public static Method of(String name, ContentMap map, Head head, float alpha) {
        Condition condition = Condition.NONE.with(Condition.METHOD, name).with(Condition.ALPHA, alpha);
        return new Method(name, alpha, map, head, condition);
    }

    /** Returns a CLAP head that is not attacked. */
    public static Method clap(ContentMap map, float alpha) {
        return of("CLAP", map, null, alpha);
    }

    /** Returns the name of a head's method, by its training objective: Im.Aug, else CLAP. */
    public static String name(HeadInfo head) {
        return head.objective().equals(ImAugObjective.NAME) ? "Im.Aug" : "CLAP";
    }

    /** Returns this method with another dimension in its condition. */
    public Method with(String dimension, Object value) {
        return new Method(name, alpha, map, head, condition.with(dimension, value));
    }

    /** Maps features {@code [n, D]}, not normalised. */
    public FeatureMatrix apply(FeatureMatrix features) {
        return map.apply(features, alpha == null ? 0 : alpha);
    }
}
