package dev.clap4j.evaluation;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;

/**
 * A figure over several seeds, heads or draws.
 *
 * @param values one of each, at least one
 */
@JsonPropertyOrder({"mean", "deviation", "values"})
public record Spread(List<Double> values) {
    /** Makes the list unmodifiable. */
    public Spread {
        values = List.copyOf(values);
        if (values.isEmpty()) {
            throw new IllegalArgumentException("A spread of no values");
        }
    }

    /** Of these values, at least one. */
    public static Spread of(List<Double> values) {
        return new Spread(values);
    }

    /** The mean. */
    @JsonProperty(access = JsonProperty.Access.READ_ONLY)
    public double mean() {
        return Metrics.mean(values);
    }

    /** The standard deviation of the values as a sample, n − 1 in its denominator; null for a single value. */
    @JsonProperty(access = JsonProperty.Access.READ_ONLY)
    public Double deviation() {
        return isSingle() ? null : (Double) Metrics.sampleDeviation(values);
    }

    /** Whether there is but one value, which tells nothing about a spread. */
    @JsonIgnore
    public boolean isSingle() {
        return values.size() == 1;
    }

    /** The mean with so many decimals, and behind it ± and the deviation, if there is one. */
    public String text(int decimals) {
        return Metrics.decimals(mean(), decimals) + (isSingle() ? "" : " ± " + Metrics.decimals(deviation(), decimals));
    }

    /**
     * How figures over so many values are to be read; empty for one.
     *
     * @param of what they are of, such as {@code heads}
     */
    public static String legend(int values, String of) {
        return values == 1 ? "" : "mean ± sample deviation (n − 1) over " + values + " " + of;
    }

    /**
     * How a plot of such figures is to be read; empty for one.
     *
     * @param of what they are of, such as {@code heads}
     */
    public static String whiskers(int values, String of) {
        return values == 1 ? "" : "whiskers are sample deviations (n − 1) over " + values + " " + of;
    }

    /** The deviation as a plot shows it: 0 for a single value. */
    public double whisker() {
        return isSingle() ? 0 : deviation();
    }
}
