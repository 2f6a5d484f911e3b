package dev.clap4j.evaluation.quickstart;

import dev.clap4j.evaluation.Difference;
import dev.clap4j.evaluation.Interval;
import dev.clap4j.evaluation.Spread;
import dev.clap4j.evaluation.quickstart.DomainScores.Score;
import dev.clap4j.evaluation.quickstart.QuickstartReport.Setting;
import dev.clap4j.evaluation.quickstart.QuickstartReport.TrainedHead;
import java.util.List;

/** Reports with made-up figures. */
public final class SampleReports {
    private SampleReports() {}

    /** A report in which CLAP helps by so many points, or does harm if they are negative. */
    public static QuickstartReport of(double gain, List<Sample> samples) {
        Interval interval = new Interval(gain / 10 - 0.4, gain / 10 + 0.4);
        Interval large = new Interval(gain - 1.5, gain + 1.5);
        List<Comparison> comparisons = List.of(
                row(QuickstartMetric.FEW_SHOT_WHOLE, 32, gain, large),
                row(QuickstartMetric.FEW_SHOT_OTHERS, 20, gain, null),
                row(QuickstartMetric.FEW_SHOT_ACROSS, 15.5, gain, null),
                row(QuickstartMetric.MIXED_UNSEEN, 23.125, gain, large),
                row(QuickstartMetric.MIXED_SEEN, 40, gain, null),
                row(QuickstartMetric.VARIANCE_CLASS, 42, gain, null),
                row(QuickstartMetric.VARIANCE_TYPE, 24, -gain, null),
                row(QuickstartMetric.ZERO_SHOT_UNSEEN, 54.4, gain / 10, interval),
                row(QuickstartMetric.ZERO_SHOT_SEEN, 75.4, gain / 10, interval),
                row(QuickstartMetric.RANGE_UNSEEN, 1.5, 0, null),
                row(QuickstartMetric.RANGE_SEEN, 1.2, -gain / 20, null),
                row(QuickstartMetric.DEVIATION_UNSEEN, 0.6, 0, null),
                row(QuickstartMetric.DEVIATION_SEEN, 0.5, -gain / 40, null),
                row(QuickstartMetric.NOISE_DROP_UNSEEN, 5.9, -gain / 20, null),
                row(QuickstartMetric.NOISE_DROP_SEEN, 10.6, -gain / 20, null));
        return new QuickstartReport(
                setting(),
                comparisons,
                List.of(
                        new TrainedHead(0, "runs/head-0/head.safetensors", 600, 3.25, new TaskAlphas(0.14f, 0.5f, 1)),
                        new TrainedHead(1, "runs/head-1/head.safetensors", 600, 3.26, new TaskAlphas(0.2f, 0.5f, 1))),
                List.of(
                        domain("noto", true, gain),
                        domain("fluent-emoji", false, gain),
                        domain("fxemoji", false, gain)),
                samples);
    }

    private static Comparison row(QuickstartMetric measure, double clip, double difference, Interval interval) {
        double clap = clip + difference;
        Difference against = interval == null
                ? Difference.over(Difference.Over.HEADS, List.of(difference, difference), measure.scale())
                : Difference.onPictures(difference, interval, 924, measure.scale());
        return Comparison.of(measure, 1, clip, Spread.of(List.of(clap - 0.25, clap + 0.25)), against);
    }

    private static DomainScores domain(String name, boolean seen, double gain) {
        List<Score> figures = List.of(
                new Score("C", 54, 54 + gain / 10),
                new Score("PC", 55, 55 + gain / 10),
                new Score("CP", 53, 53 + gain / 10),
                new Score("NC", 48, 48 + gain / 10),
                new Score("mixed templates", 23, 23 + gain));
        return new DomainScores(
                name,
                seen,
                462,
                seen
                        ? figures
                        : List.of(
                                figures.get(0),
                                figures.get(1),
                                figures.get(2),
                                figures.get(3),
                                figures.get(4),
                                new Score("1-shot", 32, 32 + gain)));
    }

    private static Setting setting() {
        return new Setting(
                "mini <CLIP>",
                "sha256:0123",
                List.of("dog", "cat"),
                List.of("noto"),
                462,
                List.of("fluent-emoji", "fxemoji"),
                924,
                List.of("painting", "sketch"),
                1,
                3,
                20,
                24,
                600,
                80,
                5e-4,
                0);
    }
}
