package dev.clap4j.evaluation;

import java.util.List;

/**
 * A figure over several heads.
 *
 * @param mean over the heads
 * @param deviation over the heads, as of a whole population; 0 for one
 * @param values of each head
 */
public record Spread(double mean, double deviation, List<Double> values) {
    /** Makes the list unmodifiable. */
    public Spread {
        values = List.copyOf(values);
    }

    /** Of these values, at least one. */
    public static Spread of(List<Double> values) {
        return new Spread(Metrics.mean(values), Metrics.deviation(values), values);
    }
}
