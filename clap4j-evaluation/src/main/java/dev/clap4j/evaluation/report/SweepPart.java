package dev.clap4j.evaluation.report;

import dev.clap4j.evaluation.Spread;
import dev.clap4j.evaluation.sweep.SweepCell;
import dev.clap4j.evaluation.sweep.SweepPlot;
import dev.clap4j.evaluation.sweep.SweepResult;
import dev.clap4j.evaluation.sweep.SweepWords;
import java.util.ArrayList;
import java.util.List;

/** The section on a sweep over options (CLAP, section 4.4). */
final class SweepPart {
    static final String FILE = "sweep.json";

    private SweepPart() {}

    static String html(List<RunRecord> runs) {
        StringBuilder html = new StringBuilder();
        runs.forEach(run -> run.result(FILE, SweepResult.class).ifPresent(result -> html.append(html(result))));
        return html.toString();
    }

    private static String html(SweepResult result) {
        List<String> axes = result.axes();
        List<String> titles = new ArrayList<>();
        titles.add("Model");
        titles.addAll(axes);
        titles.addAll(List.of("Mean of C, PC, CP", "R", "δ", "Δ(NC)"));
        List<List<String>> rows = new ArrayList<>();
        result.baselines().forEach(baseline -> rows.add(row(result, baseline, axes)));
        for (int i = 0; i < result.rows().size(); i++) {
            rows.add(row(result, i, axes));
        }
        String figure = SweepPlot.of(result)
                .map(curves -> Picture.plot(curves, result.title()))
                .orElse("");
        int heads = result.rows().get(0).clean().values().size();
        return Html.text("h2", "Sweep: " + result.title())
                + figure
                + Html.text("p", SweepWords.best(result))
                + Html.table(
                        result.images() + " images of " + result.data() + (heads == 1 ? "" : "; ")
                                + Spread.legend(heads, "heads") + ".",
                        titles,
                        rows);
    }

    private static List<String> row(SweepResult result, SweepCell baseline, List<String> axes) {
        List<String> cells = new ArrayList<>();
        cells.add(Html.escape(result.models().get(baseline.key().model()) + ", no head"));
        axes.forEach(axis -> cells.add(""));
        for (double figure :
                new double[] {baseline.clean(), baseline.range(), baseline.deviation(), baseline.noiseDrop()}) {
            cells.add(Cells.number(figure, 2));
        }
        return cells;
    }

    private static List<String> row(SweepResult result, int place, List<String> axes) {
        SweepResult.Row row = result.rows().get(place);
        SweepResult.Best best = result.best();
        List<String> cells = new ArrayList<>();
        cells.add(Html.escape(result.models().get(row.model()))
                + (best != null && best.places().contains(place) ? " <b>(best)</b>" : ""));
        axes.forEach(axis -> cells.add(Html.escape(SweepWords.value(row, axis))));
        cells.add(Cells.spread(row.clean(), 2));
        cells.add(Cells.spread(row.range(), 2));
        cells.add(Cells.spread(row.deviation(), 2));
        cells.add(Cells.spread(row.noiseDrop(), 2));
        return cells;
    }
}
