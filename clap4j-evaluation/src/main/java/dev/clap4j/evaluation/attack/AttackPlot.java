package dev.clap4j.evaluation.attack;

import dev.clap4j.evaluation.Metrics;
import dev.clap4j.evaluation.Spread;
import dev.clap4j.evaluation.plot.Axis;
import dev.clap4j.evaluation.plot.BarPanel;
import dev.clap4j.evaluation.plot.Bars;
import dev.clap4j.evaluation.plot.Figure;
import java.util.ArrayList;
import java.util.List;

/** A plot of robustness: bars for each attack, one per method. */
public final class AttackPlot {
    private AttackPlot() {}

    /**
     * The accuracies of the attacked classifier, mean over domains: of one report, or the means and deviations of several
     * of the same methods and attacks.
     */
    public static Figure of(List<AttackReport> runs) {
        AttackReport first = runs.get(0);
        List<String> attacks =
                first.methods().get(0).rows().stream().map(AttackRow::attack).toList();
        List<Bars> bars = new ArrayList<>();
        for (int m = 0; m < first.methods().size(); m++) {
            List<Spread> spreads = new ArrayList<>();
            for (int a = 0; a < attacks.size(); a++) {
                spreads.add(spread(runs, m, a));
            }
            bars.add(new Bars(
                    first.methods().get(m).method(),
                    spreads.stream().map(Spread::mean).toList(),
                    spreads.stream().map(Spread::whisker).toList()));
        }
        return Figure.of(
                "Accuracy under adversarial attacks",
                first.images() + " images" + (runs.size() == 1 ? "" : " in each of " + runs.size() + " runs") + ", "
                        + first.classifier() + ", threat " + first.threat() + ", ε = " + first.epsilon() + " ("
                        + Metrics.twoDecimals(first.epsilonLevels().get(0)) + "/255)"
                        + (runs.size() == 1 ? "" : "; " + Spread.whiskers(runs.size(), "runs")),
                List.of(new BarPanel("", Axis.of("accuracy (%)").from(0, 100), attacks, bars)));
    }

    private static Spread spread(List<AttackReport> runs, int method, int attack) {
        return Spread.of(runs.stream()
                .map(run ->
                        run.methods().get(method).rows().get(attack).attacked().mean())
                .toList());
    }
}
