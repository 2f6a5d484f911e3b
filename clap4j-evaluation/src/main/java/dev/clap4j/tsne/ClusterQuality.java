package dev.clap4j.tsne;

import dev.clap4j.feature.FeatureMatrix;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The separation of classes, by Euclidean distance.
 *
 * @param silhouette the mean silhouette coefficient of the points (Rousseeuw 1987), −1 to 1: 1 for tight classes far
 *     apart, 0 for classes that overlap
 * @param daviesBouldin the Davies–Bouldin index (1979), at least 0, less is better; infinite if the middles of classes
 *     coincide
 */
public record ClusterQuality(double silhouette, double daviesBouldin) {
    /**
     * Measures points.
     *
     * @param points {@code [n, D]}
     * @param labels {@code [n]}, the index of each point's class; at least two classes
     * @throws IllegalArgumentException if there is not a label for each point, or fewer than two classes have points
     */
    public static ClusterQuality of(FeatureMatrix points, int[] labels) {
        if (labels.length != points.rows()) {
            throw new IllegalArgumentException(points.rows() + " points with " + labels.length + " labels");
        }
        int[] sizes = new int[Arrays.stream(labels).max().orElse(-1) + 1];
        for (int label : labels) {
            sizes[label]++;
        }
        if (Arrays.stream(sizes).filter(size -> size > 0).count() < 2) {
            throw new IllegalArgumentException("Classes are told apart; there are fewer than two");
        }
        Points rows = new Points(points);
        double[] silhouettes = new double[labels.length];
        Rows.each(labels.length, i -> silhouettes[i] = silhouette(i, rows.squaredDistances(i), labels, sizes));
        return new ClusterQuality(
                Arrays.stream(silhouettes).sum() / labels.length, daviesBouldin(points, labels, sizes));
    }

    /**
     * Returns the difference between a point's mean distances to the nearest other class and to its own, over the larger
     * of them; 0 for the only point of a class.
     */
    private static double silhouette(int point, double[] squaredDistances, int[] labels, int[] sizes) {
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

    /**
     * Returns the mean over classes of the largest ratio of a class's and another's radii, the mean distances to their
     * middles, to the distance of the middles.
     */
    private static double daviesBouldin(FeatureMatrix points, int[] labels, int[] sizes) {
        float[] values = points.values();
        double[][] rows = new double[labels.length][points.dim()];
        double[][] middles = new double[sizes.length][points.dim()];
        for (int i = 0; i < labels.length; i++) {
            for (int j = 0; j < points.dim(); j++) {
                rows[i][j] = values[i * points.dim() + j];
                middles[labels[i]][j] += rows[i][j] / sizes[labels[i]];
            }
        }
        double[] radii = new double[sizes.length];
        for (int i = 0; i < labels.length; i++) {
            radii[labels[i]] += distance(rows[i], middles[labels[i]]) / sizes[labels[i]];
        }
        int[] classes = IntStream.range(0, sizes.length)
                .filter(label -> sizes[label] > 0)
                .toArray();
        double sum = 0;
        for (int a : classes) {
            double worst = 0;
            for (int b : classes) {
                double reach = radii[a] + radii[b];
                if (a != b && reach > 0) {
                    worst = Math.max(worst, reach / distance(middles[a], middles[b]));
                }
            }
            sum += worst;
        }
        return sum / classes.length;
    }

    private static double distance(double[] one, double[] other) {
        double squares = 0;
        for (int j = 0; j < one.length; j++) {
            squares += (one[j] - other[j]) * (one[j] - other[j]);
        }
        return Math.sqrt(squares);
    }
}
