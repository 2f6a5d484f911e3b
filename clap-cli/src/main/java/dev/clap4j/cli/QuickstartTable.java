package dev.clap4j.cli;

import dev.clap4j.evaluation.Interval;
import dev.clap4j.evaluation.Metrics;
import dev.clap4j.evaluation.quickstart.Comparison;
import dev.clap4j.evaluation.quickstart.Measure;
import dev.clap4j.evaluation.quickstart.PlainWords;
import dev.clap4j.evaluation.quickstart.QuickstartReport;
import java.util.List;
import java.util.stream.Stream;

/** The quickstart's result for a terminal: one table, where style shows most first, and what it means. */
final class QuickstartTable {
    private static final List<Measure> SHOWN = List.of(
            Measure.FEW_SHOT_WHOLE,
            Measure.FEW_SHOT_OTHERS,
            Measure.FEW_SHOT_ACROSS,
            Measure.MIXED_UNSEEN,
            Measure.VARIANCE_CLASS,
            Measure.VARIANCE_TYPE,
            Measure.ZERO_SHOT_UNSEEN,
            Measure.ZERO_SHOT_SEEN,
            Measure.RANGE_UNSEEN,
            Measure.RANGE_SEEN,
            Measure.NOISE_DROP_UNSEEN,
            Measure.NOISE_DROP_SEEN);

    private QuickstartTable() {}

    static String of(QuickstartReport report) {
        Table table = Table.of("Measure", "CLIP", "CLAP", "Difference");
        SHOWN.stream()
                .map(report::of)
                .flatMap(Stream::ofNullable)
                .forEach(row -> table.row(
                        row.title() + (row.measure().higherIsBetter() ? "" : " (less is better)"),
                        Metrics.twoDecimals(row.clip()),
                        Metrics.twoDecimals(row.clap().mean()) + " ± "
                                + Metrics.twoDecimals(row.clap().deviation()),
                        signed(row.difference())));
        String end = System.lineSeparator();
        return table + end + about(report) + end + interval(report) + end + end + wrapped(PlainWords.of(report));
    }

    private static String about(QuickstartReport report) {
        QuickstartReport.Setting setting = report.setting();
        return "In %; ± over " + report.heads().size() + " heads, trained on "
                + setting.classes().size() + " class names alone; " + setting.unseenImages() + " unseen images, "
                + setting.seenImages() + " seen; α chosen on seen ones";
    }

    private static String interval(QuickstartReport report) {
        Comparison clean = report.of(Measure.ZERO_SHOT_UNSEEN);
        Interval interval = clean.interval();
        return "95 % interval of the zero-shot difference on unseen domains: " + signed(interval.low()) + " to "
                + signed(interval.high());
    }

    private static String signed(double value) {
        return (value > 0 ? "+" : "") + Metrics.twoDecimals(value);
    }

    /** Lines of at most a terminal's usual width. */
    private static String wrapped(String text) {
        StringBuilder lines = new StringBuilder();
        int column = 0;
        for (String word : text.split(" ", -1)) {
            boolean fits = column == 0 || column + 1 + word.length() <= 80;
            lines.append(column == 0 ? "" : fits ? " " : System.lineSeparator()).append(word);
            column = fits && column > 0 ? column + 1 + word.length() : word.length();
        }
        return lines.toString();
    }
}
