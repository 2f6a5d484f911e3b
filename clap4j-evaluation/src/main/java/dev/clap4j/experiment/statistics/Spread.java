package dev.clap4j.experiment.statistics;

import java.util.List;

/**
 * A metric's values over several seeds, heads or draws.
 *
 * @param values one of each, at least one
 */
public record Spread(List<Double> values) {
    /** Makes the list unmodifiable. */
    public Spread {
        values = List.copyOf(values);
        if (values.isEmpty()) {
            throw new IllegalArgumentException("A spread of no values");
        }
    }

    /** Returns the mean. */
    public double mean() {
        return Metrics.mean(values);
    }

    /** Returns the sample standard deviation (denominator n − 1), 0 for a single value: the length of a whisker. */
    public double deviation() {
        return values.size() == 1 ? 0 : Metrics.sampleDeviation(values);
    }

    /** Formats the mean, followed by ± and the deviation if there are several values. */
    public String text(int decimals) {
        String deviation = values.size() == 1 ? "" : " ± " + Metrics.decimals(deviation(), decimals);
        return Metrics.decimals(mean(), decimals) + deviation;
    }

    /**
     * Explains the notation of the values; empty for a single value.
     *
     * @param of the plural noun, such as {@code heads}
     */
    public static String legend(int values, String of) {
        return values == 1 ? "" : "mean ± sample deviation (n − 1) over " + values + " " + of;
    }

    /**
     * Explains the whiskers of a plot; empty for a single value.
     *
     * @param of the plural noun, such as {@code heads}
     */
    public static String whiskers(int values, String of) {
        return values == 1 ? "" : "whiskers are sample deviations (n − 1) over " + values + " " + of;
    }
}
