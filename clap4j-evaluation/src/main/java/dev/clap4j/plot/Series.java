package dev.clap4j.plot;

import java.util.Collections;
import java.util.List;

/**
 * A line through points.
 *
 * @param name the legend entry; equal names share a style in all panels
 * @param x the positions of the points, ascending
 * @param y as many values; NaN if missing
 * @param deviation as many, shown as whiskers of that length up and down; 0 for none
 */
public record Series(String name, List<Double> x, List<Double> y, List<Double> deviation) {
    /**
     * Makes the lists unmodifiable.
     *
     * @throws IllegalArgumentException if they are of different lengths or empty
     */
    public Series {
        x = List.copyOf(x);
        y = List.copyOf(y);
        deviation = List.copyOf(deviation);
        if (x.isEmpty() || y.size() != x.size() || deviation.size() != x.size()) {
            throw new IllegalArgumentException("The series " + name + " has " + x.size() + " places, " + y.size()
                    + " values and " + deviation.size() + " deviations");
        }
    }

    /** Returns a line without whiskers. */
    public static Series of(String name, List<Double> x, List<Double> y) {
        return new Series(name, x, y, Collections.nCopies(x.size(), 0.0));
    }
}
