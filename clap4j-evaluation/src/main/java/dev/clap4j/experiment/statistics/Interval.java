package dev.clap4j.experiment.statistics;

import java.util.List;
import java.util.Optional;

/**
 * A confidence interval.
 *
 * @param low the lower end
 * @param high the upper end
 */
public record Interval(double low, double high) {
    /** The fewest values for a meaningful interval. */
    private static final int FEWEST = 3;

    private static final double CONFIDENCE = 0.95;

    private static final int BISECTIONS = 200;

    /** Returns the 95 % interval of the mean, by Student's t; empty for fewer than three values. */
    public static Optional<Interval> ofMean(List<Double> values) {
        if (values.size() < FEWEST) {
            return Optional.empty();
        }
        double half =
                studentT(CONFIDENCE, values.size() - 1) * Metrics.sampleDeviation(values) / Math.sqrt(values.size());
        double mean = Metrics.mean(values);
        return Optional.of(new Interval(mean - half, mean + half));
    }

    /** Averages intervals end by end: a conservative interval for the mean of their quantities. */
    public static Interval mean(List<Interval> intervals) {
        return new Interval(
                Metrics.mean(intervals.stream().map(Interval::low).toList()),
                Metrics.mean(intervals.stream().map(Interval::high).toList()));
    }

    /** Returns whether zero lies outside the interval. */
    public boolean excludesZero() {
        return low > 0 || high < 0;
    }

    /** Returns the two-sided quantile of Student's t distribution, for a probability above 0 and below 1. */
    static double studentT(double probability, int degrees) {
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
