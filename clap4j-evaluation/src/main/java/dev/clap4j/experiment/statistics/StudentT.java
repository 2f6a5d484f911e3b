package dev.clap4j.experiment.statistics;

/** Student's t distribution, for whole degrees of freedom. */
final class StudentT {
    private static final int BISECTIONS = 200;

    private StudentT() {}

    /**
     * Returns the two-sided quantile of a probability.
     *
     * @param probability above 0 and below 1, such as 0.95
     * @param degrees of freedom, at least 1
     */
    static double bound(double probability, int degrees) {
        double low = 0;
        double high = 1;
        while (within(high, degrees) < probability) {
            high *= 2;
        }
        for (int i = 0; i < BISECTIONS && low < high; i++) {
            double middle = (low + high) / 2;
            if (within(middle, degrees) < probability) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /** Returns the probability that the absolute value is at most t (Abramowitz and Stegun, 26.7.3 and 26.7.4). */
    static double within(double t, int degrees) {
        double angle = StrictMath.atan(t / StrictMath.sqrt(degrees));
        double cosine = StrictMath.cos(angle);
        boolean odd = degrees % 2 == 1;
        double term = odd ? cosine : 1;
        double sum = degrees == 1 ? 0 : term;
        for (int k = odd ? 3 : 2; k < degrees; k += 2) {
            term *= cosine * cosine * (k - 1) / k;
            sum += term;
        }
        double series = StrictMath.sin(angle) * sum;
        return odd ? 2 / Math.PI * (angle + series) : series;
    }
}
