package dev.clap4j.evaluation.report;

import dev.clap4j.attack.NoAttack;
import dev.clap4j.evaluation.Difference.Scale;

/**
 * A metric that compares methods.
 *
 * @param part what it is a part of, such as {@code zero-shot}
 * @param name as the paper calls it, such as {@code Δ(NC)}
 * @param title in words
 * @param setting in what it differs from the same measure of other runs; empty if all were taken alike
 * @param moreIsBetter whether larger values are better
 * @param unit one percentage point: 1 for percentages, 0.01 for fractions
 */
public record ReportMetric(String part, String name, String title, String setting, boolean moreIsBetter, double unit) {
    static final String ZERO_SHOT = "zero-shot";
    static final String FEW_SHOT = "shots";
    static final String ATTACKED = "zero-shot under";
    static final String ATTACKED_ONE_SHOT = "1-shot under";
    static final String CLUSTERS = "classes'";

    /** A percentage of which more is better. */
    static ReportMetric accuracy(String part, String name, String title) {
        return new ReportMetric(part, name, title, "", true, 1);
    }

    /** Percentage points of which less is better. */
    static ReportMetric spread(String part, String name, String title) {
        return new ReportMetric(part, name, title, "", false, 1);
    }

    /** The same as taken by runs of a setting. */
    ReportMetric in(String other) {
        return new ReportMetric(part, name, title, other, moreIsBetter, unit);
    }

    /** Returns the row heading, with the setting. */
    public String heading() {
        return title + (setting.isEmpty() ? "" : " (" + setting + ")");
    }

    /** Returns the scale. */
    Scale scale() {
        return new Scale(moreIsBetter, unit);
    }

    /** Returns whether this is the baseline of attacks. */
    boolean isBaseline() {
        return name.equals(new NoAttack(false).name()) || name.equals(new NoAttack(true).name());
    }

    /** Returns the number of meaningful decimals. */
    public int decimals() {
        return unit == 1 ? 2 : 3;
    }
}
