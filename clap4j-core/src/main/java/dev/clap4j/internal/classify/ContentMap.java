package dev.clap4j.internal.classify;

import dev.clap4j.feature.FeatureMatrix;

/** What a head does to features, at a strength that is still open; {@code head::apply} is one. */
@FunctionalInterface
public interface ContentMap {
    /**
     * Content features.
     *
     * @param features {@code [n, D]}, not normalised
     * @param alpha the strength α of the residual, at least 0
     * @return {@code [n, O]}, not normalised
     */
    FeatureMatrix apply(FeatureMatrix features, float alpha);
}
