package dev.clap4j.evaluation.fewshot;

import dev.clap4j.evaluation.Spread;
import dev.clap4j.evaluation.plot.Axis;
import dev.clap4j.evaluation.plot.Figure;
import dev.clap4j.evaluation.plot.LinePanel;
import dev.clap4j.evaluation.plot.Scale;
import dev.clap4j.evaluation.plot.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A plot of few-shot curves: accuracy by number of labelled images, a line for each method. */
public final class FewShotPlot {
    private FewShotPlot() {}

    /** Plots a panel for each set of test images. */
    public static Figure of(FewShotCurves curves) {
        List<LinePanel> panels = Arrays.stream(ProbeScope.values())
                .filter(reach ->
                        curves.points().stream().anyMatch(point -> point.mean().of(reach) != null))
                .map(reach -> panel(curves, reach))
                .toList();
        FewShotCurves.Setting setting = curves.setting();
        String whiskers = Spread.whiskers(setting.seeds().size(), "draws");
        return Figure.of(
                "Linear probe on few labelled images",
                setting.probe() + " probe, mean over " + setting.domains().size() + " domains"
                        + (whiskers.isEmpty() ? "" : "; " + whiskers) + ".",
                panels);
    }

    private static LinePanel panel(FewShotCurves curves, ProbeScope reach) {
        List<Series> lines = new ArrayList<>();
        for (String method : curves.setting().methods()) {
            List<FewShotPoint> measured = curves.curve(method).stream()
                    .filter(point -> point.mean().of(reach) != null)
                    .toList();
            List<Spread> reached =
                    measured.stream().map(point -> point.mean().of(reach)).toList();
            lines.add(new Series(
                    method,
                    measured.stream().map(point -> (double) point.shots()).toList(),
                    reached.stream().map(Spread::mean).toList(),
                    reached.stream().map(Spread::whisker).toList()));
        }
        return new LinePanel(
                "on " + reach.words(),
                Axis.of("labelled images a class").on(Scale.LOGARITHMIC),
                Axis.of("accuracy (%)"),
                lines);
    }
}
