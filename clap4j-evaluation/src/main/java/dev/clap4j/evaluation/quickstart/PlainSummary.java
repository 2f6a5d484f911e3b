package dev.clap4j.evaluation.quickstart;

import dev.clap4j.evaluation.Difference;
import java.util.Locale;

/** A two-sentence summary of a report for readers outside the field. */
public final class PlainSummary {
    /** Gains below this number of points are called little. */
    private static final double LITTLE = 0.5;

    private PlainSummary() {}

    /**
     * Returns the two sentences, the first on labelled examples, the second on prompts; both report the result whether
     * good or bad.
     */
    public static String of(QuickstartReport report) {
        return fewShot(report) + " " + zeroShot(report);
    }

    private static String fewShot(QuickstartReport report) {
        Comparison probe = report.of(QuickstartMetric.FEW_SHOT_WHOLE);
        int shots = report.setting().shots();
        return String.format(
                Locale.ROOT,
                "Shown %s labelled %s of each class in a style nobody trained on, a classifier gets %.1f of 100 pictures"
                        + " right with CLAP's features and %.1f with CLIP's, so CLAP, which learned from class names alone,"
                        + " %s.",
                shots == 1 ? "one" : String.valueOf(shots),
                shots == 1 ? "picture" : "pictures",
                probe.clap().mean(),
                probe.clip(),
                effect(probe.difference()));
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

    private static String zeroShot(QuickstartReport report) {
        Difference clean = report.of(QuickstartMetric.ZERO_SHOT_UNSEEN).difference();
        Difference mixed = report.of(QuickstartMetric.MIXED_UNSEEN).difference();
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
