package dev.clap4j.report;

import dev.clap4j.experiment.Condition;
import dev.clap4j.experiment.measurement.ZeroShot;
import dev.clap4j.experiment.statistics.Difference;
import dev.clap4j.experiment.statistics.Metrics;
import dev.clap4j.experiment.statistics.Spread;
import dev.clap4j.plot.Figure;
import dev.clap4j.plot.Panel;
import dev.clap4j.report.Comparison.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A sweep: a row for each setting, the best one in words, and curves through it. */
final class SweepTable {
    private static final List<String> COLUMN =
            List.of(Condition.SHOTS, Condition.EPSILON, Condition.ATTACK, Condition.PROMPT);

    private static final List<String> AVERAGED =
            List.of(Condition.DATA, Condition.METHOD, Condition.SEED, Condition.DRAW, Condition.DOMAIN);

    /** A row: the model, the point of the grid and α, or only the model for the baseline, with its scores by column. */
    private record Setting(Condition values, Map<Row, Observations> scores) {
        boolean isBaseline() {
            return !values.has(Condition.ALPHA);
        }

        /** Returns whether α is 0, so that the features are those of the model without a head. */
        boolean isZero() {
            return !isBaseline() && Double.parseDouble(values.get(Condition.ALPHA)) == 0;
        }

        Spread spread(Row column) {
            return scores.get(column).spread().orElseThrow();
        }

        String model() {
            return String.valueOf(values.get(Condition.MODEL));
        }
    }

    private final SavedRun run;
    private final List<Row> columns;
    private final List<Setting> settings = new ArrayList<>();
    private final boolean hasModels;
    private final List<String> axes;
    private final Row main;
    private final List<Setting> heads;
    private final List<Setting> best;

    SweepTable(SavedRun run) {
        this.run = run;
        Observations all = Observations.sorted(run.scores().stream()
                .map(score -> Observation.of(run, score, score.condition().without(AVERAGED)))
                .toList());
        this.columns = List.copyOf(all.by(SweepTable::column).keySet());
        all.by(each -> each.shown().without(COLUMN))
                .forEach((values, scores) -> settings.add(new Setting(values, scores.by(SweepTable::column))));
        settings.sort(Comparator.comparing(setting -> !setting.isBaseline()));
        this.hasModels = settings.stream().map(Setting::model).distinct().count() > 1;
        this.axes = axes();
        this.main = columns.stream()
                .filter(column -> column.measure().equals(ZeroShot.MEAN))
                .findFirst()
                .orElse(columns.get(0));
        this.heads = settings.stream()
                .filter(setting -> !setting.isBaseline() && setting.scores.containsKey(main))
                .toList();
        this.best = best();
    }

    private static Row column(Observation observation) {
        return new Row(observation.measure(), observation.shown().only(COLUMN));
    }

    /** Returns the settings that have several values, α last. */
    private List<String> axes() {
        Map<String, LinkedHashSet<String>> values = new LinkedHashMap<>();
        settings.stream().filter(setting -> !setting.isBaseline()).forEach(setting -> setting.values
                .without(Condition.MODEL)
                .values()
                .forEach((name, value) -> values.computeIfAbsent(name, key -> new LinkedHashSet<>())
                        .add(value)));
        return values.keySet().stream()
                .filter(name -> values.get(name).size() > 1)
                .sorted(Comparator.comparing(Condition.ALPHA::equals))
                .toList();
    }

    /** Returns the best setting and those that show the same value; the highest first; empty if there is none. */
    private List<Setting> best() {
        Comparator<Setting> order =
                Comparator.comparingDouble(setting -> setting.spread(main).mean());
        List<Setting> sorted = heads.stream()
                .filter(setting -> !setting.isZero())
                .sorted(main.measure().higherIsBetter() ? order.reversed() : order)
                .toList();
        return sorted.stream()
                .filter(setting -> shown(setting).equals(shown(sorted.get(0))))
                .toList();
    }

    private String shown(Setting setting) {
        return Metrics.decimals(setting.spread(main).mean(), main.decimals());
    }

    private Optional<Setting> baseline(Setting setting) {
        return settings.stream()
                .filter(other ->
                        other.isBaseline() && other.model().equals(setting.model()) && other.scores.containsKey(main))
                .findFirst();
    }

    String title() {
        return run.option("title").isEmpty() ? "Sweep" : run.option("title");
    }

    ResultTable table() {
        List<String> titles = new ArrayList<>(hasModels ? List.of("model") : List.of());
        titles.addAll(axes);
        int names = titles.size();
        columns.forEach(column -> titles.add(column.measure().symbol(column.condition())));
        List<List<String>> rows = new ArrayList<>();
        for (Setting setting : settings) {
            List<String> cells = new ArrayList<>(hasModels ? List.of(setting.model()) : List.of());
            axes.forEach(axis -> cells.add(cell(setting, axis)));
            columns.forEach(column -> cells.add(setting.scores
                    .getOrDefault(column, new Observations(List.of()))
                    .text()));
            if (best.contains(setting) && names > 0) {
                cells.set(0, cells.get(0) + " *");
            }
            rows.add(cells);
        }
        int seeds = heads.stream()
                .mapToInt(setting -> setting.spread(main).values().size())
                .max()
                .orElse(1);
        String legend = Spread.legend(seeds, "heads");
        String caption = run.data(Condition.NONE).path("images").asText() + " images, accuracy in %"
                + (legend.isEmpty() ? "" : "; " + legend) + (best.isEmpty() || names == 0 ? "" : "; * best");
        return new ResultTable(title(), titles, names, rows, caption);
    }

    private String cell(Setting setting, String axis) {
        if (setting.isBaseline()) {
            return axis.equals(axes.get(0)) ? "no head" : "";
        }
        String value = String.valueOf(setting.values.get(axis));
        return axis.equals(Condition.ALPHA) && setting.isZero() ? value + " (no head)" : value;
    }

    /** Returns the best setting and its difference from the model without a head. */
    String words() {
        if (best.isEmpty()) {
            return "Every alpha is 0, so every line is the model without a head.";
        }
        Setting first = best.get(0);
        return (best.size() > 1 ? "Best, equally: " : "Best: ")
                + best.stream().map(this::name).collect(Collectors.joining("; and ")) + " with "
                + first.spread(main).text(main.decimals()) + " in " + mainTitle() + "."
                + baseline(first).map(other -> against(first, other)).orElse("")
                + " The best was chosen by the images it is measured on.";
    }

    private String mainTitle() {
        return main.measure().equals(ZeroShot.MEAN) ? "the mean of C, PC and CP" : main.name();
    }

    private String against(Setting setting, Setting baseline) {
        double without = baseline.spread(main).mean();
        Stream<Double> gains = setting.spread(main).values().stream().map(value -> value - without);
        Difference difference = Difference.over(Difference.Over.HEADS, gains.toList(), main.scale());
        String interval = difference.interval() == null ? "" : ", 95 % interval " + difference.range(main.decimals());
        return " Without a head: " + shown(baseline) + ". Difference: " + difference.signed(main.decimals()) + interval
                + ", " + difference.words() + ".";
    }

    private String name(Setting setting) {
        Condition point = setting.values.without(Condition.MODEL, Condition.ALPHA);
        return (hasModels ? setting.model() + ", " : "")
                + point.with(Condition.ALPHA, setting.values.get(Condition.ALPHA)).values().entrySet().stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .collect(Collectors.joining(", "));
    }

    /** Returns curves through the best setting, a panel for each axis; empty if nothing varies. */
    Optional<Figure> figure() {
        if (axes.isEmpty() || heads.isEmpty()) {
            return Optional.empty();
        }
        String whiskers = Spread.whiskers(heads.get(0).spread(main).values().size(), "heads");
        return Optional.of(Charts.figure(
                title(),
                Pivot.capital(mainTitle()) + (whiskers.isEmpty() ? "" : "; " + whiskers) + ".",
                axes.stream().map(this::panel).toList()));
    }

    /** Draws the main column, and accuracy under noise, along an axis; beside them the model without a head. */
    private Panel panel(String axis) {
        Setting center = best.isEmpty() ? heads.get(0) : best.get(0);
        List<Setting> along = heads.stream()
                .filter(setting -> setting.values.without(axis).equals(center.values.without(axis)))
                .toList();
        boolean lines = Charts.isLine(
                along.stream().map(setting -> setting.values.get(axis)).toList());
        List<Observation> drawn = new ArrayList<>();
        columns.stream()
                .filter(column -> column.equals(main)
                        || (column.measure().equals(ZeroShot.ACCURACY)
                                && "NC".equals(column.condition().get(Condition.PROMPT))))
                .sorted(Comparator.comparing(column -> !column.equals(main)))
                .forEach(column -> {
                    String title = column.measure().symbol(column.condition());
                    if (lines || column.equals(main)) {
                        baseline(center)
                                .ifPresent(baseline -> along.forEach(setting -> drawn.addAll(
                                        at(baseline, column, "CLIP, " + title, axis, setting.values.get(axis)))));
                    }
                    along.forEach(setting ->
                            drawn.addAll(at(setting, column, "CLAP, " + title, axis, setting.values.get(axis))));
                });
        return Charts.panel(lines ? "" : axis, main.measure(), axis, axis, new Observations(drawn));
    }

    /** Returns the scores of a setting as those of a named curve at a place. */
    private static List<Observation> at(Setting setting, Row column, String curve, String axis, String place) {
        Condition shown = Condition.NONE.with(Condition.METHOD, curve).with(axis, place);
        return setting.scores.getOrDefault(column, new Observations(List.of())).all().stream()
                .map(each -> new Observation(column.measure(), shown, each.unit(), each.value()))
                .toList();
    }
}
