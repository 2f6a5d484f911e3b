package dev.clap4j.tsne;

import dev.clap4j.feature.FeatureMatrix;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** The first two principal components, by power iteration. */
final class PrincipalPlane {
    private static final int TURNS = 100;
    private static final double STILL = 1e-12;

    private PrincipalPlane() {}

    /** Returns x and y of points on their principal plane, of mean zero; y is zero if they have one dimension. */
    static double[] of(FeatureMatrix points, RandomGenerator random) {
        double[][] centred = centred(points);
        double[] none = new double[points.dim()];
        double[] first = direction(centred, random, none);
        double[] second = points.dim() > 1 ? direction(centred, random, first) : none;
        double[] places = new double[2 * centred.length];
        for (int i = 0; i < centred.length; i++) {
            places[2 * i] = dot(centred[i], first);
            places[2 * i + 1] = dot(centred[i], second);
        }
        return places;
    }

    private static double[][] centred(FeatureMatrix points) {
        double[][] rows = new double[points.rows()][points.dim()];
        double[] mean = new double[points.dim()];
        for (int i = 0; i < rows.length; i++) {
            float[] row = points.row(i);
            for (int j = 0; j < mean.length; j++) {
                rows[i][j] = row[j];
                mean[j] += rows[i][j] / rows.length;
            }
        }
        for (double[] row : rows) {
            Arrays.setAll(row, j -> row[j] - mean[j]);
        }
        return rows;
    }

    /** Returns the direction of most spread among those at right angles to the given one. */
    private static double[] direction(double[][] centred, RandomGenerator random, double[] other) {
        double[] direction = new double[other.length];
        Arrays.setAll(direction, j -> random.nextGaussian());
        straighten(direction, other);
        double moved = Double.POSITIVE_INFINITY;
        for (int turn = 0; turn < TURNS && moved >= STILL; turn++) {
            // The covariance matrix times the direction, but for a factor.
            double[] turned = new double[other.length];
            for (double[] row : centred) {
                double along = dot(row, direction);
                for (int j = 0; j < turned.length; j++) {
                    turned[j] += along * row[j];
                }
            }
            if (!straighten(turned, other)) {
                break;
            }
            moved = 0;
            for (int j = 0; j < turned.length; j++) {
                moved = Math.max(moved, Math.abs(turned[j] - direction[j]));
            }
            direction = turned;
        }
        return direction;
    }

    /** Makes a vector of length 1 at right angles to another; false if nothing is left of it. */
    private static boolean straighten(double[] vector, double[] other) {
        double along = dot(vector, other);
        Arrays.setAll(vector, j -> vector[j] - along * other[j]);
        double squares = dot(vector, vector);
        if (squares > 0) {
            Arrays.setAll(vector, j -> vector[j] / Math.sqrt(squares));
        }
        return squares > 0;
    }

    private static double dot(double[] one, double[] other) {
        double sum = 0;
        for (int j = 0; j < one.length; j++) {
            sum += one[j] * other[j];
        }
        return sum;
    }
}
