package dev.clap4j.tsne;

import dev.clap4j.feature.FeatureMatrix;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The silhouette coefficient (Rousseeuw 1987) with Euclidean distance: for each point the
 * difference between its mean distances to both over the larger of them, 0 for the only one of its class.
 */
public final class Silhouette {
    private Silhouette() {}

    /**
     * The mean over all points, −1 to 1: 1 for tight classes far apart, 0 for classes that overlap.
     *
     * @param points {@code [n, D]}
     * @param labels {@code [n]}, the number of each point's class, from 0; at least two classes
     */
    public static double of(FeatureMatrix points, int[] labels) {
        int[] sizes = Classes.sizes(points, labels);
        Points rows = Points.of(points);
        double[] values = new double[labels.length];
        Rows.each(labels.length, (from, to) -> {
            double[] distances = new double[labels.length];
            for (int i = from; i < to; i++) {
                rows.squaredDistances(i, distances);
                values[i] = of(i, distances, labels, sizes);
            }
        });
        return Arrays.stream(values).sum() / values.length;
    }

    private static double of(int point, double[] squaredDistances, int[] labels, int[] sizes) {
        int own = labels[point];
        if (sizes[own] == 1) {
            return 0;
        }
        double[] sums = new double[sizes.length];
        for (int j = 0; j < labels.length; j++) {
            sums[labels[j]] += Math.sqrt(squaredDistances[j]);
        }
        double inside = sums[own] / (sizes[own] - 1);
        double next = IntStream.range(0, sizes.length)
                .filter(label -> label != own && sizes[label] > 0)
                .mapToDouble(label -> sums[label] / sizes[label])
                .min()
                .orElseThrow();
        double larger = Math.max(inside, next);
        return larger == 0 ? 0 : (next - inside) / larger;
    }
}
