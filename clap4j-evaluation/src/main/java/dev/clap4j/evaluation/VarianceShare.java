package dev.clap4j.evaluation;

import dev.clap4j.feature.FeatureMatrix;
import java.util.Arrays;

/**
 * The share of feature variance explained by a grouping: the between-group sum of squares as a
 * fraction of the total, of L2-normalised features (η² of the analysis of variance, over all dimensions together).
 */
public final class VarianceShare {
    private VarianceShare() {}

    /**
     * Returns the share, 0 to 1; 0 if all features are equal.
     *
     * @param features {@code [n, D]}, normalised or not, n at least 1
     * @param groups {@code [n]}, the number of each row's group, from 0
     */
    public static double of(FeatureMatrix features, int[] groups) {
        if (groups.length != features.rows() || groups.length == 0) {
            throw new IllegalArgumentException(features.rows() + " rows in groups of " + groups.length);
        }
        int dim = features.dim();
        float[] unit = features.normalised().values();
        int count = Arrays.stream(groups).max().orElseThrow() + 1;
        int[] sizes = new int[count];
        double[][] sums = new double[count][dim];
        double[] all = new double[dim];
        double squares = 0;
        for (int i = 0; i < groups.length; i++) {
            sizes[groups[i]]++;
            for (int j = 0; j < dim; j++) {
                double x = unit[i * dim + j];
                sums[groups[i]][j] += x;
                all[j] += x;
                squares += x * x;
            }
        }
        double middle = squaredLength(all) / groups.length;
        double between = -middle;
        for (int g = 0; g < count; g++) {
            between += sizes[g] == 0 ? 0 : squaredLength(sums[g]) / sizes[g];
        }
        double total = squares - middle;
        return total <= 1e-9 * squares ? 0 : between / total;
    }

    private static double squaredLength(double[] vector) {
        return Arrays.stream(vector).map(x -> x * x).sum();
    }
}
