package dev.clap4j.evaluation.report;

import dev.clap4j.evaluation.Difference;
import dev.clap4j.evaluation.Metrics;
import dev.clap4j.evaluation.Spread;
import java.util.List;
import java.util.Objects;

/** Figures as they stand in tables. */
final class Cells {
    /** Where a line must not break. */
    static final String SPACE = "\u00a0";

    private Cells() {}

    /** A number with so many decimals. */
    static String number(double value, int decimals) {
        return Metrics.decimals(value, decimals);
    }

    /** A mean, with the deviation behind it if there are several values. */
    static String spread(Spread spread, int decimals) {
        return number(spread.mean(), decimals)
                + (spread.isSingle() ? "" : " <small>±" + SPACE + number(spread.deviation(), decimals) + "</small>");
    }

    /** The same of one value for each run; nothing if a run has none. */
    static String spread(List<Double> values, int decimals) {
        return values.stream().anyMatch(Objects::isNull) ? "" : spread(Spread.of(values), decimals);
    }

    /** A difference, and below it its interval, if there is one. */
    static String difference(Difference difference, int decimals) {
        return difference.signed(decimals)
                + (difference.interval() == null
                        ? ""
                        : " <small>(" + difference.range(decimals).replace(" ", SPACE) + ")</small>");
    }

    /** What a difference means, marked by a sign and a colour where it is more than chance. */
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

    /** Over how many runs figures are, in words. */
    static String over(int runs) {
        return runs == 1 ? "" : "; " + Spread.legend(runs, "runs");
    }
}
