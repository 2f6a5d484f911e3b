package dev.clap4j.evaluation.sweep;

import dev.clap4j.evaluation.Spread;
import dev.clap4j.evaluation.plot.Axis;
import dev.clap4j.evaluation.plot.BarPanel;
import dev.clap4j.evaluation.plot.Bars;
import dev.clap4j.evaluation.plot.Figure;
import dev.clap4j.evaluation.plot.LinePanel;
import dev.clap4j.evaluation.plot.Panel;
import dev.clap4j.evaluation.plot.Scale;
import dev.clap4j.evaluation.plot.Series;
import dev.clap4j.prompt.PromptStyle;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Ablation curves through the best setting of a sweep, one along each axis. */
public final class SweepPlot {
    private static final String ACCURACY = "accuracy (%)";

    private SweepPlot() {}

    /** Returns a figure with a panel for each axis; empty if nothing varies. */
    public static Optional<Figure> of(SweepResult result) {
        List<Panel> panels =
                result.axes().stream().map(axis -> panel(result, axis)).toList();
        if (panels.isEmpty()) {
            return Optional.empty();
        }
        String whiskers = Spread.whiskers(result.rows().get(0).clean().values().size(), "heads");
        String subtitle = "Zero-shot, mean over domains" + (whiskers.isEmpty() ? "" : "; " + whiskers) + ".";
        return Optional.of(new Figure(result.title(), subtitle, panels, Math.min(2, panels.size())));
    }

    private static Panel panel(SweepResult result, String axis) {
        List<SweepResult.Row> rows = result.along(axis);
        SweepCell clip = result.baselines().get(rows.get(0).model());
        return rows.stream().allMatch(row -> isNumber(row.all().get(axis)))
                ? lines(axis, rows, clip)
                : bars(axis, rows, clip);
    }

    private static boolean isNumber(String value) {
        return value.matches("-?\\d+(\\.\\d+)?([eE]-?\\d+)?");
    }

    private static LinePanel lines(String axis, List<SweepResult.Row> unsorted, SweepCell clip) {
        List<SweepResult.Row> rows = unsorted.stream()
                .sorted(Comparator.comparingDouble(row -> place(row, axis)))
                .toList();
        List<Double> places = rows.stream().map(row -> place(row, axis)).toList();
        double noisy = clip.accuracy().get(PromptStyle.NC.name());
        return new LinePanel(
                "",
                Axis.of(axis).on(Scale.EVEN),
                Axis.of(ACCURACY),
                List.of(
                        Series.of("CLIP, mean of C, PC, CP", places, Collections.nCopies(rows.size(), clip.clean())),
                        line(
                                "CLAP, mean of C, PC, CP",
                                places,
                                rows.stream().map(SweepResult.Row::clean).toList()),
                        Series.of("CLIP, NC", places, Collections.nCopies(rows.size(), noisy)),
                        line("CLAP, NC", places, noisy(rows))));
    }

    private static double place(SweepResult.Row row, String axis) {
        return Double.parseDouble(row.all().get(axis));
    }

    private static List<Spread> noisy(List<SweepResult.Row> rows) {
        return rows.stream()
                .map(row -> row.accuracy().get(PromptStyle.NC.name()))
                .toList();
    }

    private static Series line(String name, List<Double> places, List<Spread> values) {
        return new Series(name, places, means(values), deviations(values));
    }

    private static BarPanel bars(String axis, List<SweepResult.Row> rows, SweepCell clip) {
        List<Spread> clean = rows.stream().map(SweepResult.Row::clean).toList();
        return new BarPanel(
                axis,
                Axis.of(ACCURACY).from(0, 100),
                rows.stream().map(row -> row.all().get(axis)).toList(),
                List.of(
                        Bars.of("CLIP, mean of C, PC, CP", Collections.nCopies(rows.size(), clip.clean())),
                        new Bars("CLAP, mean of C, PC, CP", means(clean), deviations(clean)),
                        new Bars("CLAP, NC", means(noisy(rows)), deviations(noisy(rows)))));
    }

    private static List<Double> means(List<Spread> values) {
        return values.stream().map(Spread::mean).toList();
    }

    private static List<Double> deviations(List<Spread> values) {
        return values.stream().map(Spread::whisker).toList();
    }
}
