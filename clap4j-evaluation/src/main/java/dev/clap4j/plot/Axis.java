package dev.clap4j.plot;

/**
 * An axis.
 *
 * @param label the label, including the unit: {@code "accuracy (%)"}
 * @param scale the scale; bars and the vertical axis of lines are always linear
 * @param min the largest allowed lower end, or null to fit the values
 * @param max the smallest allowed upper end, or null to fit the values
 */
public record Axis(String label, Scale scale, Double min, Double max) {
    /** Returns a linear axis fitted to the values. */
    public static Axis of(String label) {
        return new Axis(label, Scale.LINEAR, null, null);
    }

    /** Returns a copy on another scale. */
    public Axis on(Scale other) {
        return new Axis(label, other, min, max);
    }

    /** Returns a copy covering at least this range. */
    public Axis from(double from, double to) {
        return new Axis(label, scale, from, to);
    }
}
