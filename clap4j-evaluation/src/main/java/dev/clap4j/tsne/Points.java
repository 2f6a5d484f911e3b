package dev.clap4j.tsne;

import dev.clap4j.feature.FeatureMatrix;
import java.util.Arrays;

/** Points with repeated distance queries. */
final class Points {
    private final int count;
    private final int dim;
    private final float[] values;

    Points(FeatureMatrix rows) {
        count = rows.rows();
        dim = rows.dim();
        values = rows.values();
    }

    int count() {
        return count;
    }

    /** Returns the squared Euclidean distances of one point to all. */
    double[] squaredDistances(int point) {
        double[] distances = new double[count];
        for (int other = 0; other < count; other++) {
            distances[other] = squaredDistance(point * dim, other * dim);
        }
        return distances;
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

    /**
     * Returns the indices of the nearest other points, fewer than all, nearest first; ties keep their order. Distances
     * are told apart as precisely as a float can.
     */
    static int[] nearest(double[] squaredDistances, int self, int count) {
        long[] nearest = new long[count];
        Arrays.fill(nearest, Long.MAX_VALUE);
        for (int i = 0; i < squaredDistances.length; i++) {
            // Bits of floats that are not negative are ordered as the floats are.
            long key = (long) Float.floatToIntBits((float) squaredDistances[i]) << Integer.SIZE | i;
            if (i != self && key < nearest[count - 1]) {
                int place = -1 - Arrays.binarySearch(nearest, key);
                System.arraycopy(nearest, place, nearest, place + 1, count - 1 - place);
                nearest[place] = key;
            }
        }
        return Arrays.stream(nearest).mapToInt(key -> (int) key).toArray();
    }
}
