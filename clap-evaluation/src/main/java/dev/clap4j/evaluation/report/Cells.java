package dev.clap4j.evaluation.report;

import dev.clap4j.evaluation.Spread;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Figures as they stand in tables. */
final class Cells {
    private Cells() {}

    /** A number with so many decimals. */
    static String number(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    /** The same with its sign. */
    static String signed(double value, int decimals) {
        String text = number(value, decimals);
        return value > 0 ? "+" + text : text;
    }

    /** A mean, with the deviation behind it if there are several values. */
    static String spread(Spread spread, int decimals) {
        return number(spread.mean(), decimals)
                + (spread.values().size() == 1 ? "" : " <small>± " + number(spread.deviation(), decimals) + "</small>");
    }

    /** The same of one value for each run; nothing if a run has none. */
    static String spread(List<Double> values, int decimals) {
        return values.stream().anyMatch(Objects::isNull) ? "" : spread(Spread.of(values), decimals);
    }

    /** Over how many runs figures are, in words. */
    static String over(int runs) {
        return runs == 1 ? "" : "; mean ± deviation over " + runs + " runs";
    }
}
