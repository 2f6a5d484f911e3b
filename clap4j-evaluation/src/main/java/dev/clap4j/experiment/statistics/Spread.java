package dev.clap4j.experiment.statistics;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;

/**
 * A metric's values over several seeds, heads or draws.
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

    /** Returns the spread of at least one value. */
    public static Spread of(List<Double> values) {
        return new Spread(values);
    }

    /** Returns the mean. */
    @JsonProperty(access = JsonProperty.Access.READ_ONLY)
    public double mean() {
        return Metrics.mean(values);
    }

    /** Returns the sample standard deviation (denominator n − 1); null for a single value. */
    @JsonProperty(access = JsonProperty.Access.READ_ONLY)
    public Double deviation() {
        return isSingle() ? null : (Double) Metrics.sampleDeviation(values);
    }

    /** Returns whether there is only one value. */
    @JsonIgnore
    public boolean isSingle() {
        return values.size() == 1;
    }

    /** Formats the mean, followed by ± and the deviation if there is one. */
    public String text(int decimals) {
        return Metrics.decimals(mean(), decimals) + (isSingle() ? "" : " ± " + Metrics.decimals(deviation(), decimals));
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

    /** Returns the whisker length: the deviation, or 0 for a single value. */
    public double whisker() {
        return isSingle() ? 0 : deviation();
    }
}
