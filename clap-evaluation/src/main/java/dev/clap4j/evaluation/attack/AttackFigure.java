package dev.clap4j.evaluation.attack;

import dev.clap4j.evaluation.Metrics;
import dev.clap4j.evaluation.plot.Axis;
import dev.clap4j.evaluation.plot.BarPanel;
import dev.clap4j.evaluation.plot.Bars;
import dev.clap4j.evaluation.plot.Figure;
import java.util.List;

/** Robustness as a picture: bars for each attack, one for each method. */
public final class AttackFigure {
    private AttackFigure() {}

    /** The accuracies of the attacked classifier, mean over domains. */
    public static Figure of(AttackReport report) {
        List<String> attacks =
                report.methods().get(0).rows().stream().map(AttackRow::attack).toList();
        List<Bars> bars = report.methods().stream()
                .map(method -> Bars.of(
                        method.method(),
                        method.rows().stream().map(row -> row.attacked().mean()).toList()))
                .toList();
        return Figure.of(
                "Accuracy under adversarial attacks",
                report.images() + " images, " + report.classifier() + ", threat " + report.threat() + ", ε = "
                        + report.epsilon() + " ("
                        + Metrics.twoDecimals(report.epsilonLevels().get(0)) + "/255)",
                List.of(new BarPanel("", Axis.of("accuracy (%)").from(0, 100), attacks, bars)));
    }
}
