package dev.clap4j.cli;

import dev.clap4j.evaluation.Metrics;
import dev.clap4j.evaluation.Spread;
import dev.clap4j.evaluation.sweep.SweepCell;
import dev.clap4j.evaluation.sweep.SweepResult;
import dev.clap4j.evaluation.sweep.SweepWords;
import java.util.ArrayList;
import java.util.List;

/** A sweep for a terminal: a line for each setting, in the order of the grid, and the best one in words. */
final class SweepTable {
    private SweepTable() {}

    static String of(SweepResult result) {
        boolean several = result.models().size() > 1;
        List<String> axes = result.axes();
        List<String> prompts = List.copyOf(result.baselines().get(0).accuracy().keySet());
        List<String> titles = new ArrayList<>(several ? List.of("model") : List.of());
        titles.addAll(axes);
        titles.addAll(prompts);
        titles.addAll(List.of("mean C PC CP", "R", "δ", "Δ(NC)"));
        Table table = Table.of(titles.toArray(String[]::new)).namedBy(axes.size() + (several ? 1 : 0));
        for (SweepCell baseline : result.baselines()) {
            table.row(line(result, baseline, axes).toArray());
        }
        for (SweepResult.Row row : result.rows()) {
            table.row(line(result, row, axes).toArray());
        }
        int heads = result.rows().get(0).clean().values().size();
        String end = System.lineSeparator();
        return result.title() + end + end + table + end + result.images() + " images, accuracy in %"
                + (heads == 1 ? "" : "; " + Spread.legend(heads, "heads")) + end + SweepWords.best(result);
    }

    private static List<String> line(SweepResult result, SweepCell baseline, List<String> axes) {
        List<String> cells = new ArrayList<>(
                result.models().size() > 1
                        ? List.of(result.models().get(baseline.key().model()))
                        : List.of());
        for (int i = 0; i < axes.size(); i++) {
            cells.add(i == 0 ? "no head" : "");
        }
        baseline.accuracy().values().forEach(accuracy -> cells.add(Metrics.twoDecimals(accuracy)));
        for (double figure :
                new double[] {baseline.clean(), baseline.range(), baseline.deviation(), baseline.noiseDrop()}) {
            cells.add(Metrics.twoDecimals(figure));
        }
        return cells;
    }

    private static List<String> line(SweepResult result, SweepResult.Row row, List<String> axes) {
        List<String> cells = new ArrayList<>(
                result.models().size() > 1 ? List.of(result.models().get(row.model())) : List.of());
        axes.forEach(axis -> cells.add(SweepWords.value(row, axis)));
        row.accuracy().values().forEach(accuracy -> cells.add(accuracy.text(2)));
        for (Spread figure : List.of(row.clean(), row.range(), row.deviation(), row.noiseDrop())) {
            cells.add(figure.text(2));
        }
        return cells;
    }
}
