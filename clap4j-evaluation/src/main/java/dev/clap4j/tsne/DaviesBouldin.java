package dev.clap4j.tsne;

import dev.clap4j.feature.FeatureMatrix;

/**
 * The Davies–Bouldin index (1979) with Euclidean distance: for each class the
 * largest ratio of its own and another's radius, the mean distance to the middle, to the distance of their middles.
 */
public final class DaviesBouldin {
    private DaviesBouldin() {}

    /**
     * The mean over classes, at least 0; less is better. Classes whose middles are at one place are infinitely bad.
     *
     * @param points {@code [n, D]}
     * @param labels {@code [n]}, the number of each point's class, from 0; at least two classes
     */
    public static double of(FeatureMatrix points, int[] labels) {
        int[] sizes = Classes.sizes(points, labels);
        float[] values = points.values();
        int dim = points.dim();
        double[][] middles = new double[sizes.length][dim];
        for (int k = 0; k < values.length; k++) {
            int label = labels[k / dim];
            middles[label][k % dim] += (double) values[k] / sizes[label];
        }
        double[] radii = new double[sizes.length];
        for (int i = 0; i < labels.length; i++) {
            double squares = 0;
            for (int j = 0; j < dim; j++) {
                double d = values[i * dim + j] - middles[labels[i]][j];
                squares += d * d;
            }
            radii[labels[i]] += Math.sqrt(squares) / sizes[labels[i]];
        }
        return meanOfWorst(sizes, middles, radii);
    }

    private static double meanOfWorst(int[] sizes, double[][] middles, double[] radii) {
        double sum = 0;
        int classes = 0;
        for (int a = 0; a < sizes.length; a++) {
            double worst = 0;
            for (int b = 0; b < sizes.length; b++) {
                double reach = radii[a] + radii[b];
                if (a != b && sizes[a] > 0 && sizes[b] > 0 && reach > 0) {
                    worst = Math.max(worst, reach / distance(middles[a], middles[b]));
                }
            }
            sum += worst;
            classes += sizes[a] > 0 ? 1 : 0;
        }
        return sum / classes;
    }

    private static double distance(double[] a, double[] b) {
        double squares = 0;
        for (int j = 0; j < a.length; j++) {
            squares += (a[j] - b[j]) * (a[j] - b[j]);
        }
        return Math.sqrt(squares);
    }
}
