package dev.clap4j.tsne;

import dev.clap4j.feature.FeatureMatrix;
import java.util.Arrays;

/** The trustworthiness of a map (Venna and Kaski 2001), by Euclidean distance. */
public final class Trustworthiness {
    private Trustworthiness() {}

    /**
     * The trustworthiness, 0 to 1: 1 if the nearest on the map are the nearest indeed.
     *
     * @param points {@code [n, D]}
     * @param map {@code [n, d]}, the same in fewer dimensions
     * @param neighbours how many of each are looked at; less than half of n
     */
    public static double of(FeatureMatrix points, FeatureMatrix map, int neighbours) {
        int n = points.rows();
        if (map.rows() != n || neighbours < 1 || 2 * neighbours >= n) {
            throw new IllegalArgumentException(
                    neighbours + " neighbours among " + n + " points on a map of " + map.rows());
        }
        Points rows = Points.of(points);
        Points places = Points.of(map);
        long[] intruders = new long[n];
        Rows.each(n, (from, to) -> {
            double[] distances = new double[n];
            for (int i = from; i < to; i++) {
                places.squaredDistances(i, distances);
                int[] near = Nearest.of(distances, i, neighbours);
                rows.squaredDistances(i, distances);
                intruders[i] = intrusion(i, near, distances);
            }
        });
        double scale = 2.0 / ((double) n * neighbours * (2.0 * n - 3.0 * neighbours - 1));
        return 1 - scale * Arrays.stream(intruders).sum();
    }

    /** Returns the rank excess of the neighbours on the map. */
    private static long intrusion(int point, int[] near, double[] distances) {
        long sum = 0;
        for (int neighbour : near) {
            int rank = 1;
            for (int j = 0; j < distances.length; j++) {
                rank += j != point && distances[j] < distances[neighbour] ? 1 : 0;
            }
            sum += Math.max(0, rank - near.length);
        }
        return sum;
    }
}
