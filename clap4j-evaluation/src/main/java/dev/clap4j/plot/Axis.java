package dev.clap4j.plot;

/**
 * An axis.
 *
 * @param label the label, including the unit: {@code "accuracy (%)"}
 * @param scale the scale of a horizontal axis; a vertical one is always linear
 * @param min the largest allowed lower end of a vertical axis, or NaN to fit the values
 * @param max the smallest allowed upper end of a vertical axis, or NaN to fit the values
 */
public record Axis(String label, Scale scale, double min, double max) {
    /** The scale of an axis. */
    public enum Scale {
        /** A linear scale. */
        LINEAR,
        /** A logarithmic scale, for positive values. */
        LOGARITHMIC,
        /** A scale with the occurring values at equal distances. */
        EVEN
    }

    /** Returns a linear axis fitted to the values. */
    public static Axis of(String label) {
        return of(label, Scale.LINEAR);
    }

    /** Returns an axis fitted to the values. */
    public static Axis of(String label, Scale scale) {
        return new Axis(label, scale, Double.NaN, Double.NaN);
    }

    /** Returns a copy covering at least this range. */
    public Axis from(double from, double to) {
        return new Axis(label, scale, from, to);
    }
}
