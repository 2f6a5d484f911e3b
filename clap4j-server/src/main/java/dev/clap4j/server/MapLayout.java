package dev.clap4j.server;

import dev.clap4j.Progress;
import dev.clap4j.feature.FeatureMatrix;

/** Lays pictures out on a plane, those that are alike near each other: t-SNE, for example. */
@FunctionalInterface
public interface MapLayout {
    /**
     * Returns the places of pictures.
     *
     * @param features {@code [n, D]}, of length 1
     * @param progress to report to, and to ask whether to stop
     * @return {@code [n, 2]}, in the order of the features
     * @throws dev.clap4j.ClapException if there are too few pictures
     */
    FeatureMatrix places(FeatureMatrix features, Progress progress);
}
