package dev.clap4j.evaluation;

import java.util.List;
import java.util.Optional;

/**
 * A confidence interval.
 *
 * @param low the lower end
 * @param high the upper end
 */
public record Interval(double low, double high) {
    /** Fewer values than this tell next to nothing about their spread. */
    private static final int FEWEST = 3;

    private static final double CONFIDENCE = 0.95;

    /** The 95 % interval of the mean of values, by Student's t; empty for fewer than three. */
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

    /** The means of intervals' lower and of their upper ends: too wide, if anything, for the mean of what they are of. */
    public static Interval mean(List<Interval> intervals) {
        return new Interval(
                Metrics.mean(intervals.stream().map(Interval::low).toList()),
                Metrics.mean(intervals.stream().map(Interval::high).toList()));
    }

    /** Whether zero lies outside, so that chance alone does not explain the value. */
    public boolean excludesZero() {
        return low > 0 || high < 0;
    }
}
