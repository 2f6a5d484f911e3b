package dev.clap4j.tsne;

/** Gaussian neighbourhoods of a wanted perplexity (van der Maaten and Hinton 2008, section 2). */
final class Perplexity {
    private static final int BISECTIONS = 100;
    private static final double TOLERANCE = 1e-10;

    private Perplexity() {}

    /**
     * Turns squared distances to other points into the probabilities of a Gaussian neighbourhood, whose entropy is the
     * logarithm of the perplexity.
     *
     * @param values the first {@code count} are squared distances, and probabilities afterwards, which sum to 1
     * @param perplexity less than {@code count}
     */
    static void calibrate(double[] values, int count, double perplexity) {
        double nearest = Double.POSITIVE_INFINITY;
        double sum = 0;
        for (int i = 0; i < count; i++) {
            nearest = Math.min(nearest, values[i]);
            sum += values[i];
        }
        // Distances are relative to the nearest, to avoid underflow.
        for (int i = 0; i < count; i++) {
            values[i] -= nearest;
        }
        double spread = sum / count - nearest;
        // Equal distances have one neighbourhood, whatever its width.
        double precision = spread > 0 ? 1 / spread : 1;
        double low = 0;
        double high = Double.POSITIVE_INFINITY;
        double excess = entropy(values, count, precision) - Math.log(perplexity);
        for (int step = 0; step < BISECTIONS && Math.abs(excess) >= TOLERANCE; step++) {
            low = excess > 0 ? precision : low;
            high = excess > 0 ? high : precision;
            precision = Double.isInfinite(high) ? precision * 2 : (low + high) / 2;
            excess = entropy(values, count, precision) - Math.log(perplexity);
        }
        double total = 0;
        for (int i = 0; i < count; i++) {
            values[i] = Math.exp(-precision * values[i]);
            total += values[i];
        }
        for (int i = 0; i < count; i++) {
            values[i] /= total;
        }
    }

    /** Returns the entropy in nats. */
    private static double entropy(double[] squared, int count, double precision) {
        double total = 0;
        double weighted = 0;
        for (int i = 0; i < count; i++) {
            double weight = Math.exp(-precision * squared[i]);
            total += weight;
            weighted += weight * squared[i];
        }
        return Math.log(total) + precision * weighted / total;
    }
}
