package dev.clap4j.evaluation;

/**
 * A confidence interval.
 *
 * @param low the lower end
 * @param high the upper end
 */
public record Interval(double low, double high) {
    /** Whether zero lies outside, so that chance alone does not explain the value. */
    public boolean excludesZero() {
        return low > 0 || high < 0;
    }
}
