package dev.clap4j.report;

import dev.clap4j.experiment.Condition;
import dev.clap4j.experiment.Measure;
import dev.clap4j.experiment.measurement.FewShot;
import dev.clap4j.experiment.measurement.MixedTemplates;
import dev.clap4j.experiment.measurement.ZeroShot;
import dev.clap4j.experiment.statistics.Difference;
import dev.clap4j.report.Comparison.Pair;
import dev.clap4j.report.Comparison.Row;
import java.util.Locale;
import java.util.Optional;

/** A quickstart in two sentences for readers outside the field; both report the result whether good or bad. */
final class QuickstartWords {
    /** Gains below this number of points are called little. */
    private static final double LITTLE = 0.5;

    private final Comparison comparison;
    private final Pair pair;

    private QuickstartWords(Comparison comparison, Pair pair) {
        this.comparison = comparison;
        this.pair = pair;
    }

    /** Returns the sentences; empty if one of their measures is missing. */
    static Optional<String> of(Comparison comparison) {
        return comparison.pairs().stream().findFirst().flatMap(pair -> new QuickstartWords(comparison, pair).text());
    }

    private Optional<String> text() {
        Optional<Row> probe = row(FewShot.PROBE);
        Optional<Difference> few = difference(FewShot.PROBE);
        Optional<Difference> clean = difference(ZeroShot.MEAN);
        Optional<Difference> mixed = difference(MixedTemplates.ACCURACY);
        return few.isEmpty() || clean.isEmpty() || mixed.isEmpty()
                ? Optional.empty()
                : Optional.of(fewShot(probe.orElseThrow(), few.get()) + " " + zeroShot(mixed.get(), clean.get()));
    }

    private Optional<Row> row(Measure measure) {
        return comparison.rows().stream()
                .filter(row -> row.measure().equals(measure)
                        && !"seen".equals(row.condition().get(Condition.DATA)))
                .findFirst();
    }

    private Optional<Difference> difference(Measure measure) {
        return row(measure).flatMap(row -> comparison.difference(row, pair));
    }

    private String fewShot(Row row, Difference difference) {
        String shots = String.valueOf(row.condition().get(Condition.SHOTS));
        boolean one = shots.equals("1");
        return String.format(
                Locale.ROOT,
                "Shown %s labelled %s of each class in a style nobody trained on, a classifier gets %.1f of 100 pictures"
                        + " right with CLAP's features and %.1f with CLIP's, so CLAP, which learned from class names alone,"
                        + " %s.",
                one ? "one" : shots,
                one ? "picture" : "pictures",
                mean(row, pair.method()),
                mean(row, pair.other()),
                effect(difference));
    }

    private double mean(Row row, String method) {
        return Observation.spread(comparison.of(row, method)).mean();
    }

    private static String effect(Difference difference) {
        boolean little = Math.abs(difference.value()) < LITTLE;
        return switch (difference.verdict()) {
            case BETTER -> little ? "helped a little here" : "helped here";
            case WORSE -> little ? "did a little harm here" : "did harm here";
            case SAME -> "made no difference here";
            case WITHIN_NOISE, UNTOLD -> "made no difference here beyond chance";
        };
    }

    private static String zeroShot(Difference mixed, Difference clean) {
        return String.format(
                Locale.ROOT,
                "Without any labelled picture, CLAP changes the share of right answers by %+.1f points where every class"
                        + " is described in other words (%s), and by %+.1f where all are described alike (%s).",
                mixed.value(),
                certainty(mixed),
                clean.value(),
                certainty(clean));
    }

    private static String certainty(Difference difference) {
        return switch (difference.verdict()) {
            case BETTER -> "more than chance explains";
            case WORSE -> "a loss, more than chance explains";
            case SAME -> "no difference";
            case WITHIN_NOISE, UNTOLD -> "which may be chance";
        };
    }
}
