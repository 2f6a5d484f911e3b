package dev.clap4j.evaluation.sweep;

import dev.clap4j.evaluation.Spread;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * What came of a sweep.
 *
 * @param title what it was about
 * @param data the data set it was measured on
 * @param images how many images that has
 * @param models the models' names
 * @param baselines what each model reaches without a head
 * @param rows a line for each model, point of the grid and strength, over the seeds
 * @param best the place of the row with the highest mean accuracy under C, PC and CP, the first of equals
 */
public record SweepResult(
        String title,
        String data,
        int images,
        List<String> models,
        List<SweepCell> baselines,
        List<Row> rows,
        int best) {
    /** Makes the lists unmodifiable. */
    public SweepResult {
        models = List.copyOf(models);
        baselines = List.copyOf(baselines);
        rows = List.copyOf(rows);
    }

    /**
     * A setting over its seeds.
     *
     * @param model the model's place
     * @param settings the point in the grid
     * @param alpha the strength
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

        /** All that was chosen, strength included, by name. */
        public Map<String, String> all() {
            Map<String, String> all = new LinkedHashMap<>(settings);
            all.put("alpha", String.valueOf(alpha));
            return all;
        }
    }

    /** The result from its cells, which come in the order of the grid. */
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
        int best = 0;
        for (int i = 1; i < rows.size(); i++) {
            best = rows.get(i).clean().mean() > rows.get(best).clean().mean() ? i : best;
        }
        return new SweepResult(title, data, images, models, baselines, rows, best);
    }

    /** The names of what varies: options with several values in the grid, and alpha if there are several. */
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

    /** The rows that differ from the best in nothing but one axis, the best among them: a curve through it. */
    public List<Row> along(String axis) {
        Row center = rows.get(best);
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
