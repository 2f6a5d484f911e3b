package dev.clap4j.spark.job;

import dev.clap4j.experiment.Condition;
import dev.clap4j.experiment.Layout;
import dev.clap4j.experiment.Measure;
import dev.clap4j.experiment.Score;
import dev.clap4j.experiment.statistics.Metrics;
import dev.clap4j.report.ResultTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tables of scores, laid out as by {@code clap zeroshot}. */
record ScoreTables(List<Score> scores) {
    /** Returns the tables of a layout for which there are scores. */
    List<ResultTable> of(Layout layout) {
        return layout.tables().stream()
                .map(table -> table.domains() ? domains(layout, table) : measures(layout, table))
                .filter(table -> !table.rows().isEmpty())
                .toList();
    }

    private Stream<Score> of(Measure measure) {
        return scores.stream().filter(score -> score.measure().equals(measure));
    }

    /** Returns a table with a column for each domain, and their mean. */
    private ResultTable domains(Layout layout, Layout.Table table) {
        Measure measure = table.measures().get(0);
        List<String> domains = of(measure)
                .map(score -> score.condition().get(Condition.DOMAIN))
                .distinct()
                .toList();
        Map<List<String>, List<Double>> rows = of(measure)
                .collect(Collectors.groupingBy(
                        score -> names(score.condition()),
                        LinkedHashMap::new,
                        Collectors.mapping(Score::value, Collectors.toList())));
        List<String> columns = new ArrayList<>(List.of("Method", "Prompt"));
        columns.addAll(domains);
        columns.add("Mean");
        List<List<String>> lines = new ArrayList<>();
        rows.forEach((names, values) -> {
            List<String> line = new ArrayList<>(names);
            values.forEach(value -> line.add(Metrics.twoDecimals(value)));
            line.add(Metrics.twoDecimals(Metrics.mean(values)));
            lines.add(line);
        });
        return new ResultTable(layout.title(), columns, 2, lines, table.caption());
    }

    /** Returns a table with a column for each measure. */
    private ResultTable measures(Layout layout, Layout.Table table) {
        List<Measure> measures = table.measures().stream()
                .filter(measure -> of(measure).findAny().isPresent())
                .toList();
        List<String> columns = new ArrayList<>(List.of("Method"));
        measures.forEach(measure -> columns.add(measure.symbol(Condition.NONE)));
        List<Condition> methods = measures.stream()
                .flatMap(this::of)
                .map(Score::condition)
                .distinct()
                .toList();
        List<List<String>> lines = methods.stream()
                .map(method -> Stream.concat(
                                Stream.of(method(method)), measures.stream().map(measure -> of(measure)
                                        .filter(score -> score.condition().equals(method))
                                        .map(score -> Metrics.twoDecimals(score.value()))
                                        .findFirst()
                                        .orElse("")))
                        .toList())
                .toList();
        return new ResultTable(layout.title() + ": " + table.title(), columns, 1, lines, table.caption());
    }

    private static List<String> names(Condition condition) {
        return List.of(method(condition), condition.get(Condition.PROMPT));
    }

    private static String method(Condition condition) {
        return condition.only(List.of(Condition.METHOD, Condition.ALPHA)).title();
    }
}
