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
        double spread = sum / count - nearest;
        // Equal distances have one neighbourhood, whatever its width.
        double precision = spread > 0 ? 1 / spread : 1;
        double low = 0;
        double high = Double.POSITIVE_INFINITY;
        double wanted = Math.log(perplexity);
        for (int step = 0; step < BISECTIONS; step++) {
            double excess = entropy(values, count, nearest, precision) - wanted;
            if (Math.abs(excess) < TOLERANCE) {
                break;
            }
            if (excess > 0) {
                low = precision;
                precision = Double.isInfinite(high) ? precision * 2 : (precision + high) / 2;
            } else {
                high = precision;
                precision = (precision + low) / 2;
            }
        }
        fill(values, count, nearest, precision);
    }

    /** Returns the entropy in nats; distances are relative to the nearest, to avoid underflow. */
    private static double entropy(double[] squared, int count, double nearest, double precision) {
        double total = 0;
        double weighted = 0;
        for (int i = 0; i < count; i++) {
            double distance = squared[i] - nearest;
            double weight = Math.exp(-precision * distance);
            total += weight;
            weighted += weight * distance;
        }
        return Math.log(total) + precision * weighted / total;
    }

    private static void fill(double[] values, int count, double nearest, double precision) {
        double total = 0;
        for (int i = 0; i < count; i++) {
            values[i] = Math.exp(-precision * (values[i] - nearest));
            total += values[i];
        }
        for (int i = 0; i < count; i++) {
            values[i] /= total;
        }
    }
}
