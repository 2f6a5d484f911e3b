package dev.clap4j.report;

import dev.clap4j.experiment.Condition;
import dev.clap4j.experiment.Measure;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tables in which the methods of a section are compared. */
final class Summary {
    private static final String LEGEND =
            "± is the sample deviation (n − 1) over runs, heads or draws; ↓ less is better. Better and worse: the 95 %"
                    + " interval of the difference leaves out 0; within noise: it holds 0.";

    /** Measures that the quickstart leaves to the details. */
    private static final Set<Measure> DETAILS = Set.of(ZeroShot.ACCURACY, ZeroShot.DEVIATION);

    /** The greatest number of pairs that have a table each, and of measures that a sentence lists. */
    private static final int MOST = 6;

    /** The most rows that the paragraph lists by name. */
    private static final int FEW = 3;

    private static final Map<Significance, String> WORDS = new EnumMap<>(Map.of(
            Significance.BETTER, "better",
            Significance.WORSE, "worse",
            Significance.WITHIN_NOISE, "within noise",
            Significance.SAME, "the same",
            Significance.UNTOLD, "different, but with too few values to tell,"));

    private final Section section;
    private final Comparison comparison;
    private final List<Pair> pairs;
    private final List<Row> rows;

    Summary(Section section, Comparison comparison) {
        this.section = section;
        this.comparison = comparison;
        this.pairs = comparison.pairs();
        Set<Measure> shown = section.measurements().stream()
                .flatMap(measurement -> measurement.layout().tables().stream())
                .flatMap(table ->
                        table.measures().stream().filter(measure -> !table.domains() || measure.higherIsBetter()))
                .collect(Collectors.toSet());
        boolean quickstart = isQuickstart();
        this.rows = comparison.rows().stream()
                .filter(row -> shown.isEmpty() || shown.contains(row.measure()) || isUnknown(row.measure()))
                .filter(row -> !isBystander(row))
                .filter(row -> !quickstart || !(DETAILS.contains(row.measure()) || isMixedSeen(row)))
                .toList();
    }

    /** Returns whether a prompt is not the attacked one, but sees the same images. */
    private static boolean isBystander(Row row) {
        return row.condition().has(Condition.ATTACK)
                && Set.of("PC", "CP", "NC").contains(row.condition().get(Condition.PROMPT));
    }

    private static boolean isUnknown(Measure measure) {
        return measure.title().equals(measure.id());
    }

    private static boolean isMixedSeen(Row row) {
        return row.measure().equals(MixedTemplates.ACCURACY)
                && "seen".equals(row.condition().get(Condition.DATA));
    }

    boolean isQuickstart() {
        return section.isOf("quickstart");
    }

    List<Row> rows() {
        return rows;
    }

    /** Returns all values and verdicts in one table; with a single pair of methods, also their differences. */
    ResultTable table() {
        return pairs.size() == 1 ? table(pairs.get(0)) : overview();
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
            methods.forEach(method -> cells.add(Observation.text(comparison.of(row, method), row.measure())));
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
                        .map(pair -> table(pair).titled(pair.method() + " against " + pair.other()))
                        .toList();
    }

    private ResultTable table(Pair pair) {
        List<List<String>> lines = new ArrayList<>();
        for (Row row : rows) {
            int decimals = row.measure().unit().decimals();
            comparison
                    .difference(row, pair)
                    .ifPresent(difference -> lines.add(List.of(
                            row.title(),
                            Observation.text(comparison.of(row, pair.other()), row.measure()),
                            Observation.text(comparison.of(row, pair.method()), row.measure()),
                            difference.signed(decimals),
                            difference.range(decimals),
                            difference.words())));
        }
        return new ResultTable(
                isQuickstart() ? "" : section.title(),
                List.of("Measure", pair.other(), pair.method(), "Difference", "95 % interval", pair.method() + " is"),
                1,
                lines,
                isQuickstart() ? quickstart() : LEGEND);
    }

    private String quickstart() {
        int heads = Section.most(section.observations());
        return "In %; " + (heads == 1 ? "one head" : Spread.legend(heads, "heads")) + ", trained on "
                + section.data("unseen").path("classes").size() + " class names alone; ↓ less is better\n"
                + section.data("unseen").path("images").asText() + " unseen images, "
                + section.data("seen").path("images").asText() + " seen; α chosen on seen ones\n"
                + "95 % interval of the difference: bootstrap over the pictures, for shares of variance Student's t over"
                + " heads; within noise: it holds 0";
    }

    /** Returns own values beside published ones; empty if model or data set are none of the paper's. */
    Optional<ResultTable> published() {
        Published published = Published.of(section);
        List<String> methods = section.methods().stream()
                .filter(method -> rows.stream().anyMatch(row -> published.of(row, method) != null))
                .toList();
        if (methods.isEmpty()) {
            return Optional.empty();
        }
        List<String> columns = new ArrayList<>(List.of("Measure"));
        methods.forEach(method -> columns.addAll(List.of(method, method + ", published")));
        List<List<String>> lines = new ArrayList<>();
        for (Row row : rows) {
            List<String> cells = methods.stream()
                    .flatMap(method -> Stream.of(
                            Observation.text(comparison.of(row, method), row.measure()),
                            text(published.of(row, method))))
                    .toList();
            if (methods.stream().anyMatch(method -> published.of(row, method) != null)) {
                lines.add(Stream.concat(Stream.of(row.title()), cells.stream()).toList());
            }
        }
        return Optional.of(new ResultTable(
                "Published results",
                columns,
                1,
                lines,
                "What the authors published for OpenAI's model of this architecture on all of " + published.dataset()
                        + ". They can be compared only if the weights are OpenAI's and the images all of it; neither can"
                        + " be told from here."));
    }

    private static String text(Double value) {
        return value == null ? "" : Metrics.twoDecimals(value);
    }

    /** Returns the verdicts of each pair in words. */
    String words() {
        return pairs.stream().map(this::words).collect(Collectors.joining(" "));
    }

    private String words(Pair pair) {
        Map<Row, Significance> verdicts = new LinkedHashMap<>();
        rows.stream().filter(row -> !isUnattacked(row)).forEach(row -> comparison
                .difference(row, pair)
                .ifPresent(difference -> verdicts.put(row, difference.verdict())));
        String words = WORDS.entrySet().stream()
                .filter(verdict -> verdicts.containsValue(verdict.getKey()))
                .map(verdict -> verdict.getValue() + " in " + listed(verdict.getKey(), verdicts))
                .collect(Collectors.joining(". It is "));
        return pair.method() + ", compared with " + pair.other() + ", is " + words + ".";
    }

    /** Lists the rows of a verdict: a few by name, many by how many there are of each measurement. */
    private String listed(Significance wanted, Map<Row, Significance> verdicts) {
        List<Row> own = verdicts.keySet().stream()
                .filter(row -> verdicts.get(row) == wanted)
                .toList();
        if (own.size() <= FEW) {
            return own.stream().map(Row::name).collect(Collectors.joining("; "));
        }
        return section.measurements().stream()
                .map(measurement -> {
                    Predicate<Row> belongs = row -> measurement.layout().tables().stream()
                            .anyMatch(table -> table.measures().contains(row.measure()));
                    long of = verdicts.keySet().stream().filter(belongs).count();
                    long found = own.stream().filter(belongs).count();
                    return found == 0
                            ? ""
                            : measurement.layout().title() + " (" + (found == of ? "all " + of : found + " of " + of)
                                    + ")";
                })
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("; "));
    }

    private static boolean isUnattacked(Row row) {
        String attack = row.condition().get(Condition.ATTACK);
        return attack != null && Set.of("none", "clamp only").contains(attack);
    }
}
