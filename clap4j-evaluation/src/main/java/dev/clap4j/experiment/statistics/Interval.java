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

    /** Returns the 95 % interval of the mean, by Student's t; empty for fewer than three values. */
    public static Optional<Interval> ofMean(List<Double> values) {
        if (values.size() < FEWEST) {
            return Optional.empty();
        }
        double half = StudentT.bound(CONFIDENCE, values.size() - 1)
                * Metrics.sampleDeviation(values)
                / Math.sqrt(values.size());
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
}
