package dev.clap4j.cli;

import dev.clap4j.evaluation.Metrics;
import dev.clap4j.evaluation.Spread;
import dev.clap4j.evaluation.quickstart.PlainSummary;
import dev.clap4j.evaluation.quickstart.QuickstartMetric;
import dev.clap4j.evaluation.quickstart.QuickstartReport;
import java.util.List;
import java.util.stream.Stream;

/** The quickstart's result for a terminal: a table, most style-sensitive metrics first, and a summary. */
final class QuickstartTable {
    private static final List<QuickstartMetric> SHOWN = List.of(
            QuickstartMetric.FEW_SHOT_WHOLE,
            QuickstartMetric.FEW_SHOT_OTHERS,
            QuickstartMetric.FEW_SHOT_ACROSS,
            QuickstartMetric.MIXED_UNSEEN,
            QuickstartMetric.VARIANCE_CLASS,
            QuickstartMetric.VARIANCE_TYPE,
            QuickstartMetric.ZERO_SHOT_UNSEEN,
            QuickstartMetric.ZERO_SHOT_SEEN,
            QuickstartMetric.RANGE_UNSEEN,
            QuickstartMetric.RANGE_SEEN,
            QuickstartMetric.NOISE_DROP_UNSEEN,
            QuickstartMetric.NOISE_DROP_SEEN);

    private QuickstartTable() {}

    static String of(QuickstartReport report) {
        String end = System.lineSeparator();
        return table(report) + end + about(report) + end + end + wrapped(PlainSummary.of(report));
    }

    /** The figures alone. */
    static String table(QuickstartReport report) {
        Table table = Table.of("Measure", "CLIP", "CLAP", "Difference", "95 % interval", "CLAP is");
        SHOWN.stream()
                .map(report::of)
                .flatMap(Stream::ofNullable)
                .forEach(row -> table.row(
                        row.title() + (row.measure().higherIsBetter() ? "" : " ↓"),
                        Metrics.twoDecimals(row.clip()),
                        row.clap().text(2),
                        row.difference().signed(2),
                        row.difference().range(2),
                        row.difference().words()));
        return table.toString();
    }

    private static String about(QuickstartReport report) {
        QuickstartReport.Setting setting = report.setting();
        int heads = report.heads().size();
        String end = System.lineSeparator();
        return "In %; " + (heads == 1 ? "one head" : Spread.legend(heads, "heads")) + ", trained on "
                + setting.classes().size() + " class names alone; ↓ less is better" + end
                + setting.unseenImages() + " unseen images, " + setting.seenImages()
                + " seen; α chosen on seen ones" + end
                + "95 % interval of the difference: bootstrap over the pictures, for shares of variance Student's t over"
                + " heads; within noise: it holds 0";
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
