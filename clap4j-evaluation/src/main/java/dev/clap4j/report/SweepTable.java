package dev.clap4j.report;

import dev.clap4j.experiment.Condition;
import dev.clap4j.experiment.Measure;
import dev.clap4j.experiment.Score;
import dev.clap4j.experiment.measurement.ZeroShot;
import dev.clap4j.experiment.statistics.Difference;
import dev.clap4j.experiment.statistics.Difference.Scale;
import dev.clap4j.experiment.statistics.Metrics;
import dev.clap4j.experiment.statistics.Spread;
import dev.clap4j.plot.Axis;
import dev.clap4j.plot.BarPanel;
import dev.clap4j.plot.Figure;
import dev.clap4j.plot.LinePanel;
import dev.clap4j.plot.Panel;
import dev.clap4j.plot.Series;
import dev.clap4j.report.Observation.Unit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** A sweep: a row for each setting, the best one in words, and curves through it. */
final class SweepTable {
    private static final List<String> COLUMN = List.of(Condition.SHOTS, Condition.ATTACK, Condition.PROMPT);

    /** A column: a measure under a condition. */
    private record Column(Measure measure, Condition condition) {
        String title() {
            return measure.symbol(condition);
        }
    }

    /**
     * A setting.
     *
     * @param setting the model, the point of the grid and α; only the model for the baseline
     * @param values the observations by column
     */
    private record Row(Condition setting, Map<Column, List<Observation>> values) {
        boolean isBaseline() {
            return !setting.has(Condition.ALPHA);
        }

        /** Returns whether α is 0, so that the features are those of the model without a head. */
        boolean isZero() {
            return !isBaseline() && Double.parseDouble(setting.get(Condition.ALPHA)) == 0;
        }

        Spread spread(Column column) {
            return Observation.spread(values.get(column));
        }

        String model() {
            return String.valueOf(setting.get(Condition.MODEL));
        }
    }

    private final SavedRun run;
    private final List<Column> columns;
    private final List<Row> rows;
    private final List<String> axes;
    private final Column main;

    SweepTable(SavedRun run) {
        this.run = run;
        Map<Condition, Map<Column, List<Observation>>> found = new LinkedHashMap<>();
        Set<Column> all = new LinkedHashSet<>();
        for (Score score : run.scores()) {
            Condition condition = score.condition();
            Column column = new Column(score.measure(), condition.only(COLUMN));
            all.add(column);
            Condition setting = condition.without(
                    Condition.DATA,
                    Condition.METHOD,
                    Condition.SEED,
                    Condition.PROMPT,
                    Condition.SHOTS,
                    Condition.DRAW,
                    Condition.ATTACK,
                    Condition.DOMAIN);
            Unit unit = new Unit(run.folder(), condition.get(Condition.SEED), condition.get(Condition.DRAW));
            found.computeIfAbsent(setting, key -> new LinkedHashMap<>())
                    .computeIfAbsent(column, key -> new ArrayList<>())
                    .add(new Observation(score.measure(), condition, unit, score.value()));
        }
        List<Row> unsorted = new ArrayList<>();
        found.forEach((setting, values) -> unsorted.add(new Row(setting, values)));
        // The heads' settings stand first, α last; models and points keep their order.
        this.rows = unsorted.stream()
                .sorted(Comparator.comparing(row -> !row.isBaseline()))
                .toList();
        this.axes = axes();
        List<Measure> order = all.stream().map(Column::measure).distinct().toList();
        this.columns = all.stream()
                .sorted(Comparator.comparingInt(column -> order.indexOf(column.measure())))
                .toList();
        this.main = columns.stream()
                .filter(column -> column.measure().equals(ZeroShot.MEAN))
                .findFirst()
                .orElse(columns.get(0));
    }

    /** Returns whether a run is a sweep. */
    static boolean isSweep(SavedRun run) {
        return run.protocol().equals("sweep");
    }

    /** Returns the settings that have several values, α last. */
    private List<String> axes() {
        Map<String, Set<String>> values = new LinkedHashMap<>();
        rows.stream().filter(row -> !row.isBaseline()).forEach(row -> row.setting
                .without(Condition.MODEL)
                .values()
                .forEach((name, value) -> values.computeIfAbsent(name, key -> new LinkedHashSet<>())
                        .add(value)));
        List<String> axes = new ArrayList<>(values.keySet());
        axes.removeIf(name -> values.get(name).size() == 1);
        if (axes.remove(Condition.ALPHA)) {
            axes.add(Condition.ALPHA);
        }
        return axes;
    }

    private boolean hasModels() {
        return rows.stream().map(Row::model).distinct().count() > 1;
    }

    private List<Row> heads() {
        return rows.stream()
                .filter(row -> !row.isBaseline() && row.values.containsKey(main))
                .toList();
    }

    private Optional<Row> baseline(Row row) {
        return rows.stream()
                .filter(other ->
                        other.isBaseline() && other.model().equals(row.model()) && other.values.containsKey(main))
                .findFirst();
    }

    /** Returns the table. */
    ResultTable table() {
        List<String> titles = new ArrayList<>(hasModels() ? List.of("model") : List.of());
        titles.addAll(axes);
        int names = titles.size();
        columns.forEach(column -> titles.add(column.title()));
        List<Row> best = best();
        List<List<String>> lines = new ArrayList<>();
        for (Row row : rows) {
            List<String> cells = new ArrayList<>(hasModels() ? List.of(row.model()) : List.of());
            axes.forEach(axis -> cells.add(cell(row, axis)));
            columns.forEach(column ->
                    cells.add(Observation.text(row.values.getOrDefault(column, List.of()), column.measure())));
            if (best.contains(row) && names > 0) {
                cells.set(0, cells.get(0) + " *");
            }
            lines.add(cells);
        }
        int heads = heads().stream()
                .mapToInt(row -> row.spread(main).values().size())
                .max()
                .orElse(1);
        String legend = Spread.legend(heads, "heads");
        String caption = run.data(Condition.NONE).path("images").asText() + " images, accuracy in %"
                + (legend.isEmpty() ? "" : "; " + legend) + (best.isEmpty() || names == 0 ? "" : "; * best");
        return new ResultTable(title(), titles, names, lines, caption);
    }

    private String cell(Row row, String axis) {
        if (row.isBaseline()) {
            return axis.equals(axes.get(0)) ? "no head" : "";
        }
        String value = row.setting.get(axis);
        return axis.equals(Condition.ALPHA) && row.isZero() ? value + " (no head)" : String.valueOf(value);
    }

    String title() {
        String title = run.option("title");
        return title.isEmpty() ? "Sweep" : title;
    }

    /** Returns the best setting and those that show the same value; the highest first; empty if there is none. */
    private List<Row> best() {
        List<Row> trained = heads().stream().filter(row -> !row.isZero()).toList();
        double sign = main.measure().higherIsBetter() ? 1 : -1;
        // On ties, the first one.
        Optional<Row> highest = trained.stream()
                .reduce((a, b) ->
                        sign * b.spread(main).mean() > sign * a.spread(main).mean() ? b : a);
        List<Row> best = new ArrayList<>();
        highest.ifPresent(row -> {
            best.add(row);
            trained.stream()
                    .filter(other -> !other.equals(row) && shown(other).equals(shown(row)))
                    .forEach(best::add);
        });
        return best;
    }

    private String shown(Row row) {
        return Metrics.decimals(row.spread(main).mean(), main.measure().unit().decimals());
    }

    /** Returns the best setting and its difference from the model without a head. */
    String words() {
        List<Row> best = best();
        if (best.isEmpty()) {
            return "Every alpha is 0, so every line is the model without a head.";
        }
        Row row = best.get(0);
        int decimals = main.measure().unit().decimals();
        String words = (best.size() > 1 ? "Best, equally: " : "Best: ")
                + best.stream().map(this::name).collect(Collectors.joining("; and ")) + " with "
                + row.spread(main).text(decimals) + " in " + mainTitle() + ".";
        return words + baseline(row).map(other -> against(row, other)).orElse("")
                + " The best was chosen by the images it is measured on.";
    }

    private String mainTitle() {
        return main.measure().equals(ZeroShot.MEAN)
                ? "the mean of C, PC and CP"
                : main.measure().title(main.condition());
    }

    private String against(Row row, Row other) {
        int decimals = main.measure().unit().decimals();
        double without = other.spread(main).mean();
        Difference difference = Difference.over(
                Difference.Over.HEADS,
                row.spread(main).values().stream().map(value -> value - without).toList(),
                new Scale(main.measure().higherIsBetter(), main.measure().unit().point()));
        String interval = difference.interval() == null ? "" : ", 95 % interval " + difference.range(decimals);
        return " Without a head: " + Metrics.decimals(without, decimals) + ". Difference: "
                + difference.signed(decimals) + interval + ", " + difference.words() + ".";
    }

    private String name(Row row) {
        Condition setting = row.setting.without(Condition.MODEL, Condition.ALPHA);
        return (hasModels() ? row.model() + ", " : "")
                + setting.with(Condition.ALPHA, row.setting.get(Condition.ALPHA)).values().entrySet().stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .collect(Collectors.joining(", "));
    }

    /** Returns curves through the best setting, a panel for each axis; empty if nothing varies. */
    Optional<Figure> figure() {
        if (axes.isEmpty() || heads().isEmpty()) {
            return Optional.empty();
        }
        List<Panel> panels = axes.stream().map(this::panel).toList();
        int count = heads().get(0).spread(main).values().size();
        String whiskers = Spread.whiskers(count, "heads");
        return Optional.of(new Figure(
                title(),
                Pivot.capital(mainTitle()) + (whiskers.isEmpty() ? "" : "; " + whiskers) + ".",
                panels,
                Math.min(2, panels.size())));
    }

    private Panel panel(String axis) {
        List<Row> best = best();
        Row center = best.isEmpty() ? heads().get(0) : best.get(0);
        List<Row> along = heads().stream()
                .filter(row -> row.setting.without(axis).equals(center.setting.without(axis)))
                .toList();
        List<Column> drawn = columns.stream()
                .filter(column -> column.equals(main)
                        || (column.measure().equals(ZeroShot.ACCURACY)
                                && "NC".equals(column.condition().get(Condition.PROMPT))))
                .sorted(Comparator.comparing(column -> !column.equals(main)))
                .toList();
        boolean numbers = along.stream().allMatch(row -> Charts.isNumber(row.setting.get(axis)));
        return numbers ? lines(axis, along, drawn) : bars(axis, along, drawn);
    }

    private Panel lines(String axis, List<Row> unsorted, List<Column> drawn) {
        List<Row> along = unsorted.stream()
                .sorted(Comparator.comparingDouble(row -> Double.parseDouble(row.setting.get(axis))))
                .toList();
        List<Series> series = new ArrayList<>();
        ToDoubleFunction<Row> place = row -> Double.parseDouble(row.setting.get(axis));
        for (Column column : drawn) {
            without(along, column)
                    .ifPresent(value -> series.add(new Series(
                            "CLIP, " + column.title(),
                            along.stream()
                                    .map(row -> new Series.Value(place.applyAsDouble(row), value, 0))
                                    .toList())));
            series.add(values(along, column, place));
        }
        return new LinePanel("", Axis.of(axis, Axis.Scale.EVEN), Axis.of(Charts.label(main.measure())), series);
    }

    private Panel bars(String axis, List<Row> along, List<Column> drawn) {
        List<Series> bars = new ArrayList<>();
        for (Column column : drawn) {
            without(along, column)
                    .filter(value -> column.equals(main))
                    .ifPresent(value -> bars.add(new Series(
                            "CLIP, " + column.title(),
                            Collections.nCopies(along.size(), new Series.Value(0, value, 0)))));
            bars.add(values(along, column, row -> 0));
        }
        return new BarPanel(
                axis,
                Charts.upright(main.measure()),
                along.stream().map(row -> row.setting.get(axis)).toList(),
                bars);
    }

    private Optional<Double> without(List<Row> along, Column column) {
        return baseline(along.get(0))
                .filter(row -> row.values.containsKey(column))
                .map(row -> row.spread(column).mean());
    }

    private static Series values(List<Row> along, Column column, ToDoubleFunction<Row> place) {
        return new Series(
                "CLAP, " + column.title(),
                along.stream()
                        .map(row -> {
                            Spread values = row.values.containsKey(column)
                                    ? row.spread(column)
                                    : new Spread(List.of(Double.NaN));
                            return new Series.Value(place.applyAsDouble(row), values.mean(), values.deviation());
                        })
                        .toList());
    }
}
