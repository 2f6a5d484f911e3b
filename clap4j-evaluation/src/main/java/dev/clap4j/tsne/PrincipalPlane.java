package dev.clap4j.tsne;

import dev.clap4j.feature.FeatureMatrix;
import java.util.random.RandomGenerator;

/** The first two principal components, by power iteration. */
final class PrincipalPlane {
    private static final int TURNS = 100;
    private static final double STILL = 1e-12;

    private final int count;
    private final int dim;
    /** Around the mean. */
    private final double[] centred;

    private PrincipalPlane(FeatureMatrix points) {
        count = points.rows();
        dim = points.dim();
        float[] values = points.values();
        double[] mean = new double[dim];
        for (int k = 0; k < values.length; k++) {
            mean[k % dim] += (double) values[k] / count;
        }
        centred = new double[values.length];
        for (int k = 0; k < values.length; k++) {
            centred[k] = values[k] - mean[k % dim];
        }
    }

    /**
     * The places of points on their principal plane.
     *
     * @param random where the turning starts
     * @return {@code [2n]}, x and y of each, of mean zero; y is zero if the points have one dimension
     */
    static double[] of(FeatureMatrix points, RandomGenerator random) {
        return new PrincipalPlane(points).places(random);
    }

    private double[] places(RandomGenerator random) {
        double[] first = direction(random, null);
        double[] second = dim > 1 ? direction(random, first) : new double[dim];
        double[] places = new double[2 * count];
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < dim; j++) {
                places[2 * i] += centred[i * dim + j] * first[j];
                places[2 * i + 1] += centred[i * dim + j] * second[j];
            }
        }
        return places;
    }

    /** The direction of most spread among those at right angles to the given one. */
    private double[] direction(RandomGenerator random, double[] other) {
        double[] direction = new double[dim];
        for (int j = 0; j < dim; j++) {
            direction[j] = random.nextGaussian();
        }
        straighten(direction, other);
        for (int turn = 0; turn < TURNS; turn++) {
            double[] turned = spread(direction);
            if (!straighten(turned, other)) {
                break;
            }
            double moved = 0;
            for (int j = 0; j < dim; j++) {
                moved = Math.max(moved, Math.abs(turned[j] - direction[j]));
            }
            direction = turned;
            if (moved < STILL) {
                break;
            }
        }
        return direction;
    }

    /** The covariance matrix times a direction, but for a factor. */
    private double[] spread(double[] direction) {
        double[] result = new double[dim];
        for (int i = 0; i < count; i++) {
            double along = 0;
            for (int j = 0; j < dim; j++) {
                along += centred[i * dim + j] * direction[j];
            }
            for (int j = 0; j < dim; j++) {
                result[j] += along * centred[i * dim + j];
            }
        }
        return result;
    }

    /** Makes a vector of length 1 at right angles to another; false if nothing is left of it. */
    private static boolean straighten(double[] vector, double[] other) {
        double along = 0;
        for (int j = 0; other != null && j < vector.length; j++) {
            along += vector[j] * other[j];
        }
        double squares = 0;
        for (int j = 0; j < vector.length; j++) {
            vector[j] -= other == null ? 0 : along * other[j];
            squares += vector[j] * vector[j];
        }
        for (int j = 0; j < vector.length && squares > 0; j++) {
            vector[j] /= Math.sqrt(squares);
        }
        return squares > 0;
    }
}
