package dev.clap4j.internal.clip;

import dev.clap4j.feature.FeatureMatrix;

/**
 * A summary of the cosine similarities between two sets of features of the same items.
 *
 * @param count the number of items
 * @param mean the mean cosine
 * @param least the smallest cosine
 */
public record CosineSummary(int count, double mean, double least) {
    /** Compares the rows of two matrices of equal shape, with at least one row. */
    static CosineSummary of(FeatureMatrix one, FeatureMatrix other) {
        double sum = 0;
        double least = 1;
        for (int row = 0; row < one.rows(); row++) {
            double cosine = cosine(one.row(row), other.row(row));
            sum += cosine;
            least = Math.min(least, cosine);
        }
        return new CosineSummary(one.rows(), sum / one.rows(), least);
    }

    private static double cosine(float[] a, float[] b) {
        double product = 0;
        double squaresOfA = 0;
        double squaresOfB = 0;
        for (int i = 0; i < a.length; i++) {
            product += (double) a[i] * b[i];
            squaresOfA += (double) a[i] * a[i];
            squaresOfB += (double) b[i] * b[i];
        }
        return product / Math.sqrt(squaresOfA * squaresOfB);
    }
}
