package dev.clap4j.tsne;

import java.util.Arrays;

/** Gaussian neighbourhoods of a wanted perplexity (van der Maaten and Hinton 2008, section 2). */
final class Perplexity {
    private static final int BISECTIONS = 100;
    private static final double TOLERANCE = 1e-10;

    private Perplexity() {}

    /**
     * Turns squared distances to other points into the probabilities of a Gaussian neighbourhood, which sum to 1 and
     * whose entropy is the logarithm of the perplexity.
     *
     * @param values changed in place; more than the perplexity
     */
    static void calibrate(double[] values, double perplexity) {
        double nearest = Arrays.stream(values).min().orElseThrow();
        double spread = sum(values) / values.length - nearest;
        // Distances are relative to the nearest, to avoid underflow.
        Arrays.setAll(values, i -> values[i] - nearest);
        // Equal distances have one neighbourhood, whatever its width.
        double precision = spread > 0 ? 1 / spread : 1;
        double low = 0;
        double high = Double.POSITIVE_INFINITY;
        double excess = entropy(values, precision) - Math.log(perplexity);
        for (int step = 0; step < BISECTIONS && Math.abs(excess) >= TOLERANCE; step++) {
            low = excess > 0 ? precision : low;
            high = excess > 0 ? high : precision;
            precision = Double.isInfinite(high) ? precision * 2 : (low + high) / 2;
            excess = entropy(values, precision) - Math.log(perplexity);
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.exp(-precision * values[i]);
        }
        double total = sum(values);
        Arrays.setAll(values, i -> values[i] / total);
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }

    /** Returns the entropy in nats. */
    private static double entropy(double[] squaredDistances, double precision) {
        double total = 0;
        double weighted = 0;
        for (double squared : squaredDistances) {
            double weight = Math.exp(-precision * squared);
            total += weight;
            weighted += weight * squared;
        }
        return Math.log(total) + precision * weighted / total;
    }
}
