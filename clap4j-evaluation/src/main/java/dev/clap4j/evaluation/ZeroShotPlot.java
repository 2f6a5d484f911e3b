package dev.clap4j.evaluation;

import dev.clap4j.evaluation.plot.Axis;
import dev.clap4j.evaluation.plot.BarPanel;
import dev.clap4j.evaluation.plot.Bars;
import dev.clap4j.evaluation.plot.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** A plot of zero-shot accuracy by prompt and domain: a panel for each prompt, bars for each domain. */
public final class ZeroShotPlot {
    private static final int COLUMNS = 2;

    private ZeroShotPlot() {}

    /** Plots one report, or means and deviations of several with the same methods, prompts and domains. */
    public static Figure of(List<ZeroShotReport> runs) {
        ZeroShotReport first = runs.get(0);
        List<BarPanel> panels = new ArrayList<>();
        for (int p = 0; p < first.methods().get(0).prompts().size(); p++) {
            panels.add(panel(runs, p));
        }
        String whiskers = Spread.whiskers(runs.size(), "runs");
        return new Figure(
                "Zero-shot accuracy by prompt and domain",
                first.images() + " images of " + first.classes().size() + " classes"
                        + (whiskers.isEmpty() ? "" : "; " + whiskers) + ".",
                List.copyOf(panels),
                Math.min(COLUMNS, panels.size()));
    }

    private static BarPanel panel(List<ZeroShotReport> runs, int prompt) {
        List<String> domains = runs.get(0).domains();
        List<String> groups = new ArrayList<>(domains);
        groups.add("mean");
        List<Bars> bars = new ArrayList<>();
        for (int m = 0; m < runs.get(0).methods().size(); m++) {
            List<Spread> spreads = new ArrayList<>();
            for (String domain : domains) {
                spreads.add(spread(runs, m, prompt, result -> result.accuracy().get(domain)));
            }
            spreads.add(spread(runs, m, prompt, PromptResult::mean));
            bars.add(new Bars(
                    runs.get(0).methods().get(m).method(),
                    spreads.stream().map(Spread::mean).toList(),
                    spreads.stream().map(Spread::whisker).toList()));
        }
        String title = runs.get(0).methods().get(0).prompts().get(prompt).prompt();
        return new BarPanel(title, Axis.of("accuracy (%)").from(0, 100), groups, bars);
    }

    private static Spread spread(
            List<ZeroShotReport> runs, int method, int prompt, ToDoubleFunction<PromptResult> figure) {
        return Spread.of(runs.stream()
                .map(run ->
                        figure.applyAsDouble(run.methods().get(method).prompts().get(prompt)))
                .toList());
    }
}
