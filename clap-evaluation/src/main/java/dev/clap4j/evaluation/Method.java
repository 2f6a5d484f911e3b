package dev.clap4j.evaluation;

import dev.clap4j.classify.ContentMap;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.head.HeadInfo;
import dev.clap4j.training.objective.ImAugObjective;

/**
 * A way to turn a model's features into those that are compared: none, or a head at some strength.
 *
 * @param name as it stands in the table
 * @param alpha the strength α; null without a head
 * @param map what is done to images and texts alike
 */
public record Method(String name, Float alpha, ContentMap map) {
    /** The model's features as they are. */
    public static final Method CLIP = new Method("CLIP", null, (features, alpha) -> features);

    /** A head of CLAP at a strength. */
    public static Method clap(ContentMap head, float alpha) {
        return head("CLAP", head, alpha);
    }

    /** A head at a strength, whatever it was trained on. */
    public static Method head(String name, ContentMap head, float alpha) {
        return new Method(name + " α=" + alpha, alpha, head);
    }

    /** How tables call what a head was trained by: Im.Aug if the head says so, else CLAP. */
    public static String nameOf(HeadInfo head) {
        return head.objective().equals(ImAugObjective.NAME) ? "Im.Aug" : "CLAP";
    }

    /** Features {@code [n, D]}, not normalised, as this method compares them. */
    public FeatureMatrix apply(FeatureMatrix features) {
        return map.apply(features, alpha == null ? 0 : alpha);
    }
}
