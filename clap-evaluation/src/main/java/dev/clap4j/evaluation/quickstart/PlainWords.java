package dev.clap4j.evaluation.quickstart;

import java.util.Locale;

/** What a report means, in two sentences for people who do not know the field. */
public final class PlainWords {
    /** Less than this many points one way or the other is called no difference. */
    private static final double NOTICEABLE = 0.5;

    private PlainWords() {}

    /** The two sentences, the first on labelled examples, the second on prompts; each says what was measured, good or bad. */
    public static String of(QuickstartReport report) {
        return fewShot(report) + " " + zeroShot(report);
    }

    private static String fewShot(QuickstartReport report) {
        Comparison probe = report.of(Measure.FEW_SHOT_WHOLE);
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
                probe.gain() >= NOTICEABLE
                        ? "helped here"
                        : probe.gain() <= -NOTICEABLE ? "did harm here" : "made no difference here");
    }

    private static String zeroShot(QuickstartReport report) {
        Comparison clean = report.of(Measure.ZERO_SHOT_UNSEEN);
        Comparison mixed = report.of(Measure.MIXED_UNSEEN);
        return String.format(
                Locale.ROOT,
                "Without any labelled picture, CLAP changes the share of right answers by %+.1f points where every class"
                        + " is described in other words, and by %+.1f where all are described alike (%s).",
                mixed.difference(),
                clean.difference(),
                certainty(clean));
    }

    private static String certainty(Comparison clean) {
        if (!clean.interval().excludesZero()) {
            return "which may be chance";
        }
        return clean.difference() > 0 ? "more than chance explains" : "a loss, more than chance explains";
    }
}
