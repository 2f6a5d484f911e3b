package dev.clap4j.evaluation.plot;

/**
 * An axis.
 *
 * @param label what it shows, with its unit: {@code "accuracy (%)"}
 * @param scale how values are spread; bars and the upright axis of lines are always linear
 * @param min where it begins at the latest, or null to begin where the values do
 * @param max where it ends at the earliest, or null to end where the values do
 */
public record Axis(String label, Scale scale, Double min, Double max) {
    /** A linear axis as long as its values need. */
    public static Axis of(String label) {
        return new Axis(label, Scale.LINEAR, null, null);
    }

    /** The same on another scale. */
    public Axis on(Scale other) {
        return new Axis(label, other, min, max);
    }

    /** The same over at least this range. */
    public Axis from(double from, double to) {
        return new Axis(label, scale, from, to);
    }
}
