package dev.clap4j.internal.classify;

import dev.clap4j.feature.FeatureMatrix;

/** Applies a head to features, with alpha still to be chosen, for instance {@code head::apply}. */
@FunctionalInterface
public interface ContentMap {
    /**
     * Returns the content features.
     *
     * @param features {@code [n, D]}, not normalised
     * @param alpha the alpha of the residual, at least 0
     * @return {@code [n, O]}, not normalised
     */
    FeatureMatrix apply(FeatureMatrix features, float alpha);
}
