package dev.clap4j.evaluation.sweep;

import dev.clap4j.evaluation.Difference;
import dev.clap4j.evaluation.Metrics;
import java.util.stream.Collectors;

/** A sweep's result in words. */
public final class SweepWords {
    private SweepWords() {}

    /** Returns the best setting and its difference from the model without a head. */
    public static String best(SweepResult result) {
        SweepResult.Best best = result.best();
        if (best == null) {
            return "Every alpha is 0, so every line is the model without a head.";
        }
        SweepResult.Row row = result.rows().get(best.places().get(0));
        String names = best.places().stream().map(place -> name(result, place)).collect(Collectors.joining("; and "));
        Difference difference = best.difference();
        String interval = difference.interval() == null ? "" : ", 95 % interval " + difference.range(2);
        return (best.places().size() > 1 ? "Best, equally: " : "Best: ") + names + " with "
                + row.clean().text(2) + " in the mean of C, PC and CP. Without a head: "
                + Metrics.twoDecimals(result.baselines().get(row.model()).clean()) + ". Difference: "
                + difference.signed(2) + interval + ", " + difference.words()
                + ". The best was chosen by the images it is measured on.";
    }

    private static String name(SweepResult result, int place) {
        SweepResult.Row row = result.rows().get(place);
        return (result.models().size() > 1 ? result.models().get(row.model()) + ", " : "")
                + row.all().entrySet().stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .collect(Collectors.joining(", "));
    }

    /** Formats an axis value for a table: alpha 0 is the model without a head. */
    public static String value(SweepResult.Row row, String axis) {
        String value = row.all().getOrDefault(axis, "");
        return axis.equals(SweepResult.ALPHA) && row.isBaseline() ? value + " (no head)" : value;
    }
}
