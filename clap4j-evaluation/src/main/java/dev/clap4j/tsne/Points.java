package dev.clap4j.tsne;

import dev.clap4j.feature.FeatureMatrix;

/** Points with repeated distance queries. */
final class Points {
    private final int count;
    private final int dim;
    private final float[] values;

    private Points(FeatureMatrix rows) {
        count = rows.rows();
        dim = rows.dim();
        values = rows.values();
    }

    static Points of(FeatureMatrix rows) {
        return new Points(rows);
    }

    int count() {
        return count;
    }

    /** The squared Euclidean distances of one point to all. */
    void squaredDistances(int point, double[] distances) {
        for (int other = 0; other < count; other++) {
            distances[other] = squaredDistance(point * dim, other * dim);
        }
    }

    /** Four sums at once, which a processor can add at the same time. */
    private double squaredDistance(int a, int b) {
        double sum0 = 0;
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        int i = 0;
        for (; i + 3 < dim; i += 4) {
            double d0 = values[a + i] - values[b + i];
            double d1 = values[a + i + 1] - values[b + i + 1];
            double d2 = values[a + i + 2] - values[b + i + 2];
            double d3 = values[a + i + 3] - values[b + i + 3];
            sum0 += d0 * d0;
            sum1 += d1 * d1;
            sum2 += d2 * d2;
            sum3 += d3 * d3;
        }
        for (; i < dim; i++) {
            double d = values[a + i] - values[b + i];
            sum0 += d * d;
        }
        return sum0 + sum1 + (sum2 + sum3);
    }
}
