package dev.clap4j.evaluation;

import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.head.HeadInfo;
import dev.clap4j.internal.classify.ContentMap;
import dev.clap4j.training.objective.ImAugObjective;

/**
 * A transformation of a model's features before comparison: the identity, or a head with some α.
 *
 * @param name the name shown in tables
 * @param alpha the value of α; null without a head
 * @param map the map applied to image and text features
 */
public record Method(String name, Float alpha, ContentMap map) {
    private static final String ALPHA_MARK = " α=";

    /** The model's unmodified features. */
    public static final Method CLIP = new Method("CLIP", null, (features, alpha) -> features);

    /** Returns a CLAP head with the given α. */
    public static Method clap(ContentMap head, float alpha) {
        return of("CLAP", head, alpha);
    }

    /** Returns a head of the given kind and α. */
    public static Method of(String kind, ContentMap head, float alpha) {
        return new Method(name(kind, alpha), alpha, head);
    }

    /** Returns the name of a head of the given kind and α. */
    public static String name(String kind, float alpha) {
        return kind + ALPHA_MARK + alpha;
    }

    /** Returns the kind of a head from its training objective: Im.Aug, else CLAP. */
    public static String kind(HeadInfo head) {
        return head.objective().equals(ImAugObjective.NAME) ? "Im.Aug" : "CLAP";
    }

    /** Returns the kind in a method's name. */
    public static String kindOf(String name) {
        int mark = name.indexOf(ALPHA_MARK);
        return mark < 0 ? name : name.substring(0, mark);
    }

    /** Returns the value of α in a method's name; empty if there is none. */
    public static String alphaOf(String name) {
        int mark = name.indexOf(ALPHA_MARK);
        return mark < 0 ? "" : name.substring(mark + ALPHA_MARK.length());
    }

    /** Maps features {@code [n, D]}, not normalised. */
    public FeatureMatrix apply(FeatureMatrix features) {
        return map.apply(features, alpha == null ? 0 : alpha);
    }
}
