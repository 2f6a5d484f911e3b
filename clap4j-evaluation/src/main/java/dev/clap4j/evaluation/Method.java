package dev.clap4j.evaluation;

import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.head.HeadInfo;
import dev.clap4j.internal.classify.ContentMap;
import dev.clap4j.training.objective.ImAugObjective;

/**
 * A way to turn a model's features into those that are compared: none, or a head at some strength.
 *
 * @param name as it stands in the table
 * @param alpha the strength α; null without a head
 * @param map what is done to images and texts alike
 */
public record Method(String name, Float alpha, ContentMap map) {
    private static final String ALPHA_MARK = " α=";

    /** The model's features as they are. */
    public static final Method CLIP = new Method("CLIP", null, (features, alpha) -> features);

    /** A head of CLAP at a strength. */
    public static Method clap(ContentMap head, float alpha) {
        return of("CLAP", head, alpha);
    }

    /** A head of some kind at a strength. */
    public static Method of(String kind, ContentMap head, float alpha) {
        return new Method(name(kind, alpha), alpha, head);
    }

    /** What a head of some kind at a strength is called. */
    public static String name(String kind, float alpha) {
        return kind + ALPHA_MARK + alpha;
    }

    /** The kind of a head, by what it was trained: Im.Aug if it says so, else CLAP. */
    public static String kind(HeadInfo head) {
        return head.objective().equals(ImAugObjective.NAME) ? "Im.Aug" : "CLAP";
    }

    /** The kind of a method, by its name. */
    public static String kindOf(String name) {
        int mark = name.indexOf(ALPHA_MARK);
        return mark < 0 ? name : name.substring(0, mark);
    }

    /** The strength α in a method's name; empty if there is none. */
    public static String alphaOf(String name) {
        int mark = name.indexOf(ALPHA_MARK);
        return mark < 0 ? "" : name.substring(mark + ALPHA_MARK.length());
    }

    /** Features {@code [n, D]}, not normalised, as this method compares them. */
    public FeatureMatrix apply(FeatureMatrix features) {
        return map.apply(features, alpha == null ? 0 : alpha);
    }
}
