package dev.clap4j.evaluation.report;

import dev.clap4j.attack.NoAttack;
import dev.clap4j.evaluation.Difference.Scale;

/**
 * A metric that compares methods.
 *
 * @param part the group it belongs to, such as {@code zero-shot}
 * @param name its name in the paper, such as {@code Δ(NC)}
 * @param title a readable title
 * @param setting the settings that distinguish it from the same metric of other runs; empty if there are no others
 * @param moreIsBetter whether larger values are better
 * @param unit one percentage point: 1 for percentages, 0.01 for fractions
 */
public record ReportMetric(String part, String name, String title, String setting, boolean moreIsBetter, double unit) {
    static final String ZERO_SHOT = "zero-shot";
    static final String FEW_SHOT = "shots";
    static final String ATTACKED = "zero-shot under";
    static final String ATTACKED_ONE_SHOT = "1-shot under";
    static final String CLUSTERS = "classes'";

    /** Returns a percentage for which larger is better. */
    static ReportMetric accuracy(String part, String name, String title) {
        return new ReportMetric(part, name, title, "", true, 1);
    }

    /** Returns a metric in percentage points for which smaller is better. */
    static ReportMetric spread(String part, String name, String title) {
        return new ReportMetric(part, name, title, "", false, 1);
    }

    /** Returns this metric for runs with other settings. */
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
