package dev.clap4j.evaluation.report;

import dev.clap4j.evaluation.Difference;
import dev.clap4j.evaluation.Metrics;
import dev.clap4j.evaluation.Spread;
import java.util.List;
import java.util.Objects;

/** Formats values for tables. */
final class Cells {
    /** A non-breaking space. */
    static final String SPACE = "\u00a0";

    private Cells() {}

    /** Formats a number with the given decimals. */
    static String number(double value, int decimals) {
        return Metrics.decimals(value, decimals);
    }

    /** Formats a mean, followed by the standard deviation if there are several values. */
    static String spread(Spread spread, int decimals) {
        return number(spread.mean(), decimals)
                + (spread.isSingle() ? "" : " <small>±" + SPACE + number(spread.deviation(), decimals) + "</small>");
    }

    /** Formats one value per run like {@link #spread(Spread, int)}; empty if a run has no value. */
    static String spread(List<Double> values, int decimals) {
        return values.stream().anyMatch(Objects::isNull) ? "" : spread(Spread.of(values), decimals);
    }

    /** Formats a difference, and its interval below if there is one. */
    static String difference(Difference difference, int decimals) {
        return difference.signed(decimals)
                + (difference.interval() == null
                        ? ""
                        : " <small>(" + difference.range(decimals).replace(" ", SPACE) + ")</small>");
    }

    /** Returns the verdict, marked by a sign and a colour if it is significant. */
    static String verdict(Difference difference) {
        return switch (difference.verdict()) {
            case BETTER -> marked("right", "✓ ", difference);
            case WORSE -> marked("wrong", "✗ ", difference);
            case SAME -> marked("same", "= ", difference);
            case WITHIN_NOISE -> marked("same", "≈ ", difference);
            case UNTOLD -> marked("same", "", difference);
        };
    }

    private static String marked(String look, String sign, Difference difference) {
        return "<span class=\"" + look + "\">" + sign.replace(" ", SPACE) + difference.words() + "</span>";
    }

    /** Returns the number of runs in words. */
    static String over(int runs) {
        return runs == 1 ? "" : "; " + Spread.legend(runs, "runs");
    }
}
