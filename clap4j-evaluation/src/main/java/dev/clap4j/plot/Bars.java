package dev.clap4j.plot;

import java.util.Collections;
import java.util.List;

/**
 * One bar in each group.
 *
 * @param name the legend entry; equal names share a style in all panels
 * @param values one for each group, NaN if missing
 * @param deviation as many, shown as whiskers of that length up and down; 0 for none
 */
public record Bars(String name, List<Double> values, List<Double> deviation) {
    /**
     * Makes the lists unmodifiable.
     *
     * @throws IllegalArgumentException if they are of different lengths or empty
     */
    public Bars {
        values = List.copyOf(values);
        deviation = List.copyOf(deviation);
        if (values.isEmpty() || values.size() != deviation.size()) {
            throw new IllegalArgumentException(
                    "The bars " + name + " are " + values.size() + " with " + deviation.size() + " deviations");
        }
    }

    /** Returns bars without whiskers. */
    public static Bars of(String name, List<Double> values) {
        return new Bars(name, values, Collections.nCopies(values.size(), 0.0));
    }
}
