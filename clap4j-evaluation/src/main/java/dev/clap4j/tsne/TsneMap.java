package dev.clap4j.tsne;

import dev.clap4j.feature.FeatureMatrix;
import java.util.Arrays;

/**
 * A map of points in the plane.
 *
 * @param places {@code [n, 2]}, x and y of each point, of mean zero; only distances mean something
 * @param divergence KL(P‖Q) in nats, how much of the neighbourhoods is lost; 0 for nothing
 */
public record TsneMap(FeatureMatrix places, double divergence) {
    /**
     * The same map, turned, and mirrored if need be, so that its points lie as near to another map's as they can: maps of
     * the same things are easier to compare then, and no distance changes.
     */
    public TsneMap turnedTowards(TsneMap other) {
        float[] own = places.values();
        float[] goal = other.places.values();
        if (own.length != goal.length) {
            throw new IllegalArgumentException(
                    "A map of " + places.rows() + " points cannot be turned towards one of " + other.places.rows());
        }
        // Sums of the products of coordinates: own x or y by the goal's x or y.
        double xx = 0;
        double xy = 0;
        double yx = 0;
        double yy = 0;
        for (int i = 0; i < own.length; i += 2) {
            xx += (double) own[i] * goal[i];
            xy += (double) own[i] * goal[i + 1];
            yx += (double) own[i + 1] * goal[i];
            yy += (double) own[i + 1] * goal[i + 1];
        }
        boolean mirror = Math.hypot(xx - yy, xy + yx) > Math.hypot(xx + yy, xy - yx);
        int sign = mirror ? -1 : 1;
        double angle = Math.atan2(xy - sign * yx, xx + sign * yy);
        float[] turned = new float[own.length];
        for (int i = 0; i < own.length; i += 2) {
            double y = sign * own[i + 1];
            turned[i] = (float) (Math.cos(angle) * own[i] - Math.sin(angle) * y);
            turned[i + 1] = (float) (Math.sin(angle) * own[i] + Math.cos(angle) * y);
        }
        return new TsneMap(new FeatureMatrix(places.ids(), 2, turned), divergence);
    }

    /**
     * Returns the trustworthiness (Venna and Kaski 2001), by Euclidean distance, 0 to 1: 1 if the nearest on the map are
     * the nearest indeed.
     *
     * @param points {@code [n, D]}, the points that are mapped
     * @param neighbours how many of each are looked at; less than half of n
     */
    public double trustworthiness(FeatureMatrix points, int neighbours) {
        int n = points.rows();
        if (places.rows() != n || neighbours < 1 || 2 * neighbours >= n) {
            throw new IllegalArgumentException(
                    neighbours + " neighbours among " + n + " points on a map of " + places.rows());
        }
        Points original = new Points(points);
        Points mapped = new Points(places);
        long[] intruders = new long[n];
        Rows.each(n, i -> {
            int[] near = Points.nearest(mapped.squaredDistances(i), i, neighbours);
            intruders[i] = intrusion(i, near, original.squaredDistances(i));
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
