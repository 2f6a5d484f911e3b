package dev.clap4j.plot;

import java.util.List;

/**
 * The values of one name: a line through points, or one bar in each group.
 *
 * @param name the legend entry; equal names share a style in all panels
 * @param values at least one; ascending by position, or in the order of the groups
 */
public record Series(String name, List<Value> values) {
    /**
     * A value.
     *
     * @param x the position on the horizontal axis; ignored for bars
     * @param y the value, NaN if missing
     * @param deviation the length of a whisker up and down; 0 for none
     */
    public record Value(double x, double y, double deviation) {}

    /** Makes the list unmodifiable. */
    public Series {
        values = List.copyOf(values);
        if (values.isEmpty()) {
            throw new IllegalArgumentException("The series " + name + " has no values");
        }
    }
}
