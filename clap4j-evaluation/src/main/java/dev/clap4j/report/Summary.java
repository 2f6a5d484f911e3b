package dev.clap4j.report;

import dev.clap4j.experiment.Condition;
import dev.clap4j.experiment.Measure;
import dev.clap4j.experiment.Measurement;
import dev.clap4j.experiment.measurement.FewShot;
import dev.clap4j.experiment.measurement.MixedTemplates;
import dev.clap4j.experiment.measurement.ZeroShot;
import dev.clap4j.experiment.statistics.Difference;
import dev.clap4j.experiment.statistics.Difference.Significance;
import dev.clap4j.experiment.statistics.Metrics;
import dev.clap4j.experiment.statistics.Spread;
import dev.clap4j.report.Comparison.Pair;
import dev.clap4j.report.Comparison.Row;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The comparison of the methods of a section, in tables and in words. */
final class Summary {
    private static final String LEGEND =
            "± is the sample deviation (n − 1) over runs, heads or draws; ↓ less is better. Better and worse: the 95 %"
                    + " interval of the difference leaves out 0; within noise: it holds 0.";

    /** Measures that the quickstart leaves to the details. */
    private static final Set<Measure> DETAILS = Set.of(ZeroShot.ACCURACY, ZeroShot.DEVIATION);

    /** The greatest number of pairs that have a table each. */
    private static final int MOST = 6;

    /** The most rows that the paragraph lists by name. */
    private static final int FEW = 3;

    /** Gains below this number of points are called little. */
    private static final double LITTLE = 0.5;

    private final Section section;
    private final Comparison comparison;
    private final List<Pair> pairs;
    private final List<Row> rows;

    Summary(Section section) {
        this.section = section;
        this.comparison = new Comparison(section);
        this.pairs = comparison.pairs();
        Set<Measure> shown = section.measurements().stream()
                .flatMap(measurement -> measurement.layout().tables().stream())
                .flatMap(table ->
                        table.measures().stream().filter(measure -> !table.domains() || measure.higherIsBetter()))
                .collect(Collectors.toSet());
        this.rows = comparison.rows().stream()
                .filter(row -> shown.isEmpty() || shown.contains(row.measure()) || isUnknown(row.measure()))
                .filter(row -> !(section.isQuickstart() && isDetail(row)))
                .toList();
    }

    private static boolean isUnknown(Measure measure) {
        return measure.title().equals(measure.id());
    }

    private static boolean isDetail(Row row) {
        return DETAILS.contains(row.measure())
                || (row.measure().equals(MixedTemplates.ACCURACY) && is(row, Condition.DATA, "seen"));
    }

    private static boolean is(Row row, String dimension, String value) {
        return value.equals(row.condition().get(dimension));
    }

    /**
     * Returns all values and verdicts in one table, with a single pair of methods also their differences; and a table of
     * published values if model and data set are the paper's.
     */
    List<ResultTable> tables() {
        List<ResultTable> tables = new ArrayList<>();
        tables.add(pairs.size() == 1 ? table(section.isQuickstart() ? "" : section.title(), pairs.get(0)) : overview());
        published().ifPresent(tables::add);
        return tables;
    }

    private ResultTable overview() {
        List<String> methods = section.methods();
        List<Pair> told = pairs.stream()
                .filter(pair -> MethodLabels.rank(pair.other()) == 0)
                .toList();
        List<String> columns = new ArrayList<>(List.of("Measure"));
        columns.addAll(methods);
        told.forEach(pair -> columns.add(pair.method() + " is"));
        List<List<String>> lines = new ArrayList<>();
        for (Row row : rows) {
            List<String> cells = new ArrayList<>(List.of(row.title()));
            methods.forEach(method -> cells.add(comparison.of(row, method).text()));
            told.forEach(pair -> cells.add(
                    comparison.difference(row, pair).map(Difference::words).orElse("")));
            lines.add(cells);
        }
        return new ResultTable(section.title(), columns, 1, lines, LEGEND);
    }

    /** Returns a table of two methods for each pair, if there are several but not many. */
    List<ResultTable> pairs() {
        return pairs.size() < 2 || pairs.size() > MOST
                ? List.of()
                : pairs.stream()
                        .map(pair -> table(pair.method() + " against " + pair.other(), pair))
                        .toList();
    }

    private ResultTable table(String title, Pair pair) {
        List<List<String>> lines = new ArrayList<>();
        for (Row row : rows) {
            comparison
                    .difference(row, pair)
                    .ifPresent(difference -> lines.add(List.of(
                            row.title(),
                            comparison.of(row, pair.other()).text(),
                            comparison.of(row, pair.method()).text(),
                            difference.signed(row.decimals()),
                            difference.range(row.decimals()),
                            difference.words())));
        }
        return new ResultTable(
                title,
                List.of("Measure", pair.other(), pair.method(), "Difference", "95 % interval", pair.method() + " is"),
                1,
                lines,
                section.isQuickstart() ? quickstartLegend() : LEGEND);
    }

    private String quickstartLegend() {
        int heads = section.observations().most();
        return """
                In %%; %s, trained on %s class names alone; ↓ less is better
                %s unseen images, %s seen; α chosen on seen ones
                95 %% interval of the difference: bootstrap over the pictures, for shares of variance Student's t over\
                 heads; within noise: it holds 0""".formatted(
                        heads == 1 ? "one head" : Spread.legend(heads, "heads"),
                        section.data("unseen").path("classes").size(),
                        section.data("unseen").path("images").asText(),
                        section.data("seen").path("images").asText());
    }

    /** Returns own values beside published ones. */
    private Optional<ResultTable> published() {
        Published published = Published.of(section);
        List<String> methods = section.methods().stream()
                .filter(method -> rows.stream().anyMatch(row -> published.of(row, method) != null))
                .toList();
        List<String> columns = new ArrayList<>(List.of("Measure"));
        methods.forEach(method -> columns.addAll(List.of(method, method + ", published")));
        List<List<String>> lines = new ArrayList<>();
        for (Row row : rows) {
            List<String> cells = new ArrayList<>(List.of(row.title()));
            methods.forEach(method -> {
                cells.add(comparison.of(row, method).text());
                Double value = published.of(row, method);
                cells.add(value == null ? "" : Metrics.twoDecimals(value));
            });
            if (methods.stream().map(method -> published.of(row, method)).anyMatch(Objects::nonNull)) {
                lines.add(cells);
            }
        }
        String caption = "What the authors published for OpenAI's model of this architecture on all of "
                + published.dataset() + ". They can be compared only if the weights are OpenAI's and the images all of"
                + " it; neither can be told from here.";
        return methods.isEmpty()
                ? Optional.empty()
                : Optional.of(new ResultTable("Published results", columns, 1, lines, caption));
    }

    /** Returns the verdicts of each pair; of a quickstart in two sentences for readers outside the field. */
    String words() {
        Optional<String> quickstart = section.isQuickstart() && !pairs.isEmpty() ? quickstart() : Optional.empty();
        return quickstart.orElseGet(() -> pairs.stream().map(this::words).collect(Collectors.joining(" ")));
    }

    private String words(Pair pair) {
        Map<Significance, List<Row>> verdicts = new EnumMap<>(Significance.class);
        List<Row> all = new ArrayList<>();
        rows.stream()
                .filter(row -> !is(row, Condition.ATTACK, "none") && !is(row, Condition.ATTACK, "clamp only"))
                .forEach(row -> comparison.difference(row, pair).ifPresent(difference -> {
                    all.add(row);
                    verdicts.computeIfAbsent(difference.verdict(), key -> new ArrayList<>())
                            .add(row);
                }));
        return pair.method() + ", compared with " + pair.other() + ", is "
                + verdicts.entrySet().stream()
                        .map(verdict -> word(verdict.getKey()) + " in " + listed(verdict.getValue(), all))
                        .collect(Collectors.joining(". It is "))
                + ".";
    }

    private static String word(Significance verdict) {
        return switch (verdict) {
            case SAME -> "the same";
            case UNTOLD -> "different, but with too few values to tell,";
            case BETTER -> "better";
            case WORSE -> "worse";
            case WITHIN_NOISE -> "within noise";
        };
    }

    /** Lists rows: a few by name, many by how many there are of each measurement. */
    private String listed(List<Row> own, List<Row> all) {
        if (own.size() <= FEW) {
            return own.stream().map(Row::name).collect(Collectors.joining("; "));
        }
        List<String> counts = new ArrayList<>();
        for (Measurement measurement : section.measurements()) {
            Set<Measure> measures = measurement.layout().tables().stream()
                    .flatMap(table -> table.measures().stream())
                    .collect(Collectors.toSet());
            long found =
                    own.stream().filter(row -> measures.contains(row.measure())).count();
            long of =
                    all.stream().filter(row -> measures.contains(row.measure())).count();
            if (found > 0) {
                counts.add(
                        measurement.layout().title() + " (" + (found == of ? "all " + of : found + " of " + of) + ")");
            }
        }
        return String.join("; ", counts);
    }

    /** Returns the result in two sentences, whether good or bad; empty if one of their measures is missing. */
    private Optional<String> quickstart() {
        Pair pair = pairs.get(0);
        Map<Measure, Row> unseen = new LinkedHashMap<>();
        comparison.rows().stream()
                .filter(row -> !is(row, Condition.DATA, "seen")
                        && comparison.difference(row, pair).isPresent())
                .forEach(row -> unseen.putIfAbsent(row.measure(), row));
        if (!unseen.keySet().containsAll(Set.of(FewShot.PROBE, ZeroShot.MEAN, MixedTemplates.ACCURACY))) {
            return Optional.empty();
        }
        Row probe = unseen.get(FewShot.PROBE);
        String shots = String.valueOf(probe.condition().get(Condition.SHOTS));
        Difference mixed =
                comparison.difference(unseen.get(MixedTemplates.ACCURACY), pair).orElseThrow();
        Difference clean =
                comparison.difference(unseen.get(ZeroShot.MEAN), pair).orElseThrow();
        return Optional.of(String.format(
                Locale.ROOT,
                "Shown %s of each class in a style nobody trained on, a classifier gets %.1f of 100 pictures right with"
                        + " CLAP's features and %.1f with CLIP's, so CLAP, which learned from class names alone, %s."
                        + " Without any labelled picture, CLAP changes the share of right answers by %+.1f points where"
                        + " every class is described in other words (%s), and by %+.1f where all are described alike"
                        + " (%s).",
                shots.equals("1") ? "one labelled picture" : shots + " labelled pictures",
                mean(probe, pair.method()),
                mean(probe, pair.other()),
                effect(comparison.difference(probe, pair).orElseThrow()),
                mixed.value(),
                certainty(mixed),
                clean.value(),
                certainty(clean)));
    }

    private double mean(Row row, String method) {
        return comparison.of(row, method).spread().orElseThrow().mean();
    }

    private static String effect(Difference difference) {
        boolean little = Math.abs(difference.value()) < LITTLE;
        return switch (difference.verdict()) {
            case BETTER -> little ? "helped a little here" : "helped here";
            case WORSE -> little ? "did a little harm here" : "did harm here";
            case SAME -> "made no difference here";
            case WITHIN_NOISE, UNTOLD -> "made no difference here beyond chance";
        };
    }

    private static String certainty(Difference difference) {
        return switch (difference.verdict()) {
            case BETTER -> "more than chance explains";
            case WORSE -> "a loss, more than chance explains";
            case SAME -> "no difference";
            case WITHIN_NOISE, UNTOLD -> "which may be chance";
        };
    }
}
