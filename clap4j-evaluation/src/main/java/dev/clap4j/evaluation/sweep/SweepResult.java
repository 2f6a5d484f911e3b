package dev.clap4j.evaluation.sweep;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.clap4j.evaluation.Difference;
import dev.clap4j.evaluation.Metrics;
import dev.clap4j.evaluation.Spread;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The result of a sweep.
 *
 * @param title the title of the sweep
 * @param data the data set used for evaluation
 * @param images the number of its images
 * @param models the models' names
 * @param baselines the result of each model without a head
 * @param rows one row for each model, grid point and alpha, averaged over the seeds; at least one
 */
@JsonPropertyOrder({"title", "data", "images", "models", "baselines", "rows", "best"})
public record SweepResult(
        String title, String data, int images, List<String> models, List<SweepCell> baselines, List<Row> rows) {
    /** The option name of alpha. */
    static final String ALPHA = "alpha";

    /**
     * Makes the lists unmodifiable.
     *
     * @throws IllegalArgumentException if there are no rows, a row belongs to an unknown model, or rows have different
     *     option names
     */
    public SweepResult {
        models = List.copyOf(models);
        baselines = List.copyOf(baselines);
        rows = List.copyOf(rows);
        int known = models.size();
        if (!baselines.stream()
                .map(baseline -> baseline.key().model())
                .toList()
                .equals(IntStream.range(0, known).boxed().toList())) {
            throw new IllegalArgumentException("A sweep has a baseline for each of its models, in their order");
        }
        if (rows.isEmpty() || rows.stream().anyMatch(row -> row.model() < 0 || row.model() >= known)) {
            throw new IllegalArgumentException("A sweep's rows are of its models, and at least one");
        }
        Set<String> settings = rows.get(0).settings().keySet();
        if (!rows.stream().allMatch(row -> row.settings().keySet().equals(settings))) {
            throw new IllegalArgumentException("The rows of a sweep have different settings");
        }
    }

    /**
     * The best setting with a head.
     *
     * @param places the index of its row and those of rows that show the same value; the highest first, then in the
     *     order of the grid
     * @param difference from the model without a head, over the heads
     */
    public record Best(List<Integer> places, Difference difference) {
        /** Makes the list unmodifiable. */
        public Best {
            places = List.copyOf(places);
        }
    }

    /**
     * A setting, averaged over its seeds.
     *
     * @param model the model's index
     * @param settings the point in the grid
     * @param alpha the value of alpha
     * @param clean mean accuracy under C, PC and CP
     * @param accuracy by prompt style
     * @param range R
     * @param deviation δ
     * @param noiseDrop Δ(NC)
     */
    public record Row(
            int model,
            Map<String, String> settings,
            float alpha,
            Spread clean,
            Map<String, Spread> accuracy,
            Spread range,
            Spread deviation,
            Spread noiseDrop) {
        /**
         * Checks the accuracies.
         *
         * @throws IllegalArgumentException if that of a prompt style is missing
         */
        public Row {
            SweepCell.requireStyles(accuracy.keySet());
        }

        static Row of(SweepCell.Key key, List<SweepCell> seeds) {
            Map<String, Spread> accuracy = new LinkedHashMap<>();
            for (String prompt : seeds.get(0).accuracy().keySet()) {
                accuracy.put(prompt, spread(seeds, cell -> cell.accuracy().get(prompt)));
            }
            return new Row(
                    key.model(),
                    key.settings(),
                    key.alpha(),
                    spread(seeds, SweepCell::clean),
                    accuracy,
                    spread(seeds, SweepCell::range),
                    spread(seeds, SweepCell::deviation),
                    spread(seeds, SweepCell::noiseDrop));
        }

        private static Spread spread(List<SweepCell> seeds, ToDoubleFunction<SweepCell> figure) {
            return Spread.of(seeds.stream().mapToDouble(figure).boxed().toList());
        }

        /** Returns whether alpha is 0, so that the features are those of the model without a head. */
        @JsonIgnore
        public boolean isBaseline() {
            return alpha == 0;
        }

        /** Returns all settings including alpha, by name. */
        public Map<String, String> all() {
            Map<String, String> all = new LinkedHashMap<>(settings);
            all.put(ALPHA, String.valueOf(alpha));
            return all;
        }
    }

    /** Creates the result from its cells, given in the order of the grid. */
    static SweepResult of(
            String title,
            String data,
            int images,
            List<String> models,
            List<SweepCell> baselines,
            List<SweepCell> cells) {
        Map<SweepCell.Key, List<SweepCell>> groups = new LinkedHashMap<>();
        for (SweepCell cell : cells) {
            groups.computeIfAbsent(cell.key().withoutSeed(), key -> new ArrayList<>())
                    .add(cell);
        }
        List<Row> rows = new ArrayList<>();
        groups.forEach((key, seeds) -> rows.add(Row.of(key, seeds)));
        return new SweepResult(title, data, images, models, baselines, rows);
    }

    /**
     * Returns the setting with the highest mean accuracy under C, PC and CP among those with alpha other than 0.
     *
     * @return null if there is none
     */
    @JsonProperty(access = JsonProperty.Access.READ_ONLY)
    public Best best() {
        Comparator<Integer> byMean =
                Comparator.comparingDouble(place -> rows.get(place).clean().mean());
        List<Integer> heads = IntStream.range(0, rows.size())
                .filter(place -> !rows.get(place).isBaseline())
                .boxed()
                .toList();
        // On ties, the first one.
        Optional<Integer> highest = heads.stream().max(byMean.thenComparing(Comparator.reverseOrder()));
        return highest.map(this::best).orElse(null);
    }

    private Best best(int highest) {
        String figure = Metrics.twoDecimals(rows.get(highest).clean().mean());
        List<Integer> places = new ArrayList<>(List.of(highest));
        IntStream.range(0, rows.size())
                .filter(place -> place != highest && !rows.get(place).isBaseline())
                .filter(place ->
                        Metrics.twoDecimals(rows.get(place).clean().mean()).equals(figure))
                .forEach(places::add);
        Row row = rows.get(highest);
        double without = baselines.get(row.model()).clean();
        List<Double> differences =
                row.clean().values().stream().map(value -> value - without).toList();
        return new Best(places, Difference.over(Difference.Over.HEADS, differences, Difference.Scale.MORE));
    }

    /** Returns the names of the options that have several values in the grid, including alpha. */
    public List<String> axes() {
        Map<String, Set<String>> values = new LinkedHashMap<>();
        for (Row row : rows) {
            row.all().forEach((name, value) -> values.computeIfAbsent(name, n -> new LinkedHashSet<>())
                    .add(value));
        }
        return values.entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Returns the rows that differ from the best one in at most one axis, as a curve through it. */
    public List<Row> along(String axis) {
        Best best = best();
        Row center = rows.get(best == null ? 0 : best.places().get(0));
        return rows.stream()
                .filter(row ->
                        row.model() == center.model() && without(row, axis).equals(without(center, axis)))
                .toList();
    }

    private static Map<String, String> without(Row row, String axis) {
        Map<String, String> rest = row.all();
        rest.remove(axis);
        return rest;
    }
}
