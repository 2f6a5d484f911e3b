package dev.clap4j.tsne;

import dev.clap4j.feature.FeatureMatrix;

/**
 * The separation of classes.
 *
 * @param silhouette −1 to 1, more is better
 * @param daviesBouldin at least 0, less is better
 */
public record ClusterQuality(double silhouette, double daviesBouldin) {
    /** Measures points {@code [n, D]} with labels {@code [n]} of at least two classes. */
    public static ClusterQuality of(FeatureMatrix points, int[] labels) {
        return new ClusterQuality(Silhouette.of(points, labels), DaviesBouldin.of(points, labels));
    }
}
