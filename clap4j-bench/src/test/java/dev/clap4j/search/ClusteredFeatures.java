package dev.clap4j.search;

import java.util.SplittableRandom;

/**
 * Made-up features with clusters, the same in every run. A feature is the sum of a centre and of noise, of length 1. Both
 * are normally distributed along the axes of a rotation, with variances of 1, 1/2, 1/3 and so on, as those of real
 * features decrease; the noise has other axes than the centres, and 0.8 of their size, so that clusters overlap.
 */
final class ClusteredFeatures {
    /** The features of a cluster, on average. */
    private static final int PER_CLUSTER = 100;

    private static final double NOISE = 0.8;

    private final int count;
    private final int dimension;
    private final double[] deviations;
    private final boolean[] centreSigns;
    private final boolean[] noiseSigns;

    /** Describes so many features of a dimension, a power of two. */
    ClusteredFeatures(int count, int dimension) {
        if (count < PER_CLUSTER || Integer.bitCount(dimension) != 1) {
            throw new IllegalArgumentException(
                    "at least " + PER_CLUSTER + " features, of a dimension that is a power of two");
        }
        this.count = count;
        this.dimension = dimension;
        deviations = new double[dimension];
        for (int i = 0; i < dimension; i++) {
            deviations[i] = Math.sqrt(1.0 / (i + 1));
        }
        centreSigns = signs(new SplittableRandom(1));
        noiseSigns = signs(new SplittableRandom(2));
    }

    private boolean[] signs(SplittableRandom random) {
        boolean[] signs = new boolean[dimension];
        for (int i = 0; i < dimension; i++) {
            signs[i] = random.nextBoolean();
        }
        return signs;
    }

    int count() {
        return count;
    }

    int dimension() {
        return dimension;
    }

    /** Returns feature i; those from {@link #count()} on are queries. */
    float[] get(int i) {
        SplittableRandom random = new SplittableRandom(i);
        int cluster = random.nextInt(count / PER_CLUSTER);
        double[] sum = sample(new SplittableRandom(-1 - cluster), centreSigns);
        double[] noise = sample(random, noiseSigns);
        double squares = 0;
        for (int j = 0; j < dimension; j++) {
            sum[j] += NOISE * noise[j];
            squares += sum[j] * sum[j];
        }
        float[] unit = new float[dimension];
        for (int j = 0; j < dimension; j++) {
            unit[j] = (float) (sum[j] / Math.sqrt(squares));
        }
        return unit;
    }

    /** Draws numbers of the given deviations, and rotates them by a Hadamard transform and a change of signs. */
    private double[] sample(SplittableRandom random, boolean[] signs) {
        double[] values = new double[dimension];
        for (int j = 0; j < dimension; j++) {
            values[j] = deviations[j] * random.nextGaussian();
        }
        for (int half = 1; half < dimension; half *= 2) {
            for (int j = 0; j < dimension; j++) {
                if ((j & half) == 0) {
                    double sum = values[j] + values[j + half];
                    values[j + half] = values[j] - values[j + half];
                    values[j] = sum;
                }
            }
        }
        for (int j = 0; j < dimension; j++) {
            values[j] = signs[j] ? -values[j] : values[j];
        }
        return values;
    }
}
