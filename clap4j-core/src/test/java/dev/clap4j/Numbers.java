package dev.clap4j;

import static org.assertj.core.api.Assertions.assertThat;

/** Comparing tensors with the reference's. */
public final class Numbers {
    private Numbers() {}

    /** Asserts that no element differs by more than {@code tolerance} of the largest expected magnitude. */
    public static void assertClose(float[] actual, float[] expected, double tolerance) {
        assertThat(actual).hasSameSizeAs(expected);
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            double error = Math.abs(actual[i] - expected[i]);
            difference = Math.max(difference, Double.isNaN(error) ? Double.POSITIVE_INFINITY : error);
        }
        assertThat(difference / Math.max(largest, Float.MIN_NORMAL))
                .as("largest difference, as a part of the largest value %s", largest)
                .isLessThanOrEqualTo(tolerance);
    }

    /** Asserts that no element differs by more than {@code tolerance}. */
    public static void assertWithin(float[] actual, float[] expected, double tolerance) {
        assertThat(actual).hasSameSizeAs(expected);
        double difference = 0;
        for (int i = 0; i < expected.length; i++) {
            double error = Math.abs((double) actual[i] - expected[i]);
            difference = Math.max(difference, Double.isNaN(error) ? Double.POSITIVE_INFINITY : error);
        }
        assertThat(difference).as("largest difference").isLessThanOrEqualTo(tolerance);
    }
}
