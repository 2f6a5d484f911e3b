package dev.clap4j.report;

import dev.clap4j.experiment.Condition;
import dev.clap4j.experiment.Layout;
import dev.clap4j.experiment.Measure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Arranges observations in tables. */
final class Pivot {
    private Pivot() {}

    /**
     * Returns a table.
     *
     * @param about added to the caption
     */
    static ResultTable of(Layout.Table layout, List<Observation> all, String title, String about) {
        List<Observation> observations = all.stream()
                .filter(each -> layout.measures().contains(each.measure()))
                .toList();
        List<String> domains = layout.domains() ? values(observations, Condition.DOMAIN) : List.of();
        List<Measure> measures = layout.measures().stream()
                .filter(measure ->
                        observations.stream().anyMatch(each -> each.measure().equals(measure)))
                .toList();
        List<String> columns = new ArrayList<>();
        layout.rows().forEach(dimension -> columns.add(capital(dimension)));
        columns.addAll(domains);
        for (Measure measure : measures) {
            boolean mean = layout.domains() && measure.equals(layout.measures().get(0));
            columns.add(mean ? "Mean" : capital(measure.symbol(Condition.NONE)));
        }
        List<List<String>> rows = new ArrayList<>();
        grouped(observations, layout.rows()).forEach((condition, own) -> {
            List<String> cells = new ArrayList<>();
            layout.rows().forEach(dimension -> cells.add(text(condition.get(dimension))));
            domains.forEach(domain -> cells.add(cell(
                    own,
                    layout.measures().get(0),
                    each -> domain.equals(each.shown().get(Condition.DOMAIN)))));
            measures.forEach(measure -> cells.add(cell(own, measure, each -> true)));
            rows.add(cells);
        });
        return new ResultTable(title, columns, layout.rows().size(), rows, layout.caption() + " " + about + ".");
    }

    /** Returns the observations by the values of dimensions, sorted by these in the order of their appearance. */
    static Map<Condition, List<Observation>> grouped(List<Observation> observations, List<String> dimensions) {
        Map<String, List<String>> orders = new LinkedHashMap<>();
        dimensions.forEach(dimension -> orders.put(dimension, values(observations, dimension)));
        Map<Condition, List<Observation>> groups = observations.stream()
                .collect(Collectors.groupingBy(
                        each -> each.shown().only(dimensions), LinkedHashMap::new, Collectors.toList()));
        Comparator<Condition> order = dimensions.stream()
                .map(dimension -> Comparator.comparingInt(
                        (Condition condition) -> orders.get(dimension).indexOf(condition.get(dimension))))
                .reduce(Comparator::thenComparing)
                .orElseThrow();
        Map<Condition, List<Observation>> sorted = new LinkedHashMap<>();
        groups.keySet().stream().sorted(order).forEach(key -> sorted.put(key, groups.get(key)));
        return sorted;
    }

    /** Returns the values of a dimension, methods in their order in tables, others as they appear. */
    static List<String> values(List<Observation> observations, String dimension) {
        List<String> values = observations.stream()
                .map(each -> each.shown().get(dimension))
                .filter(value -> value != null)
                .distinct()
                .toList();
        return dimension.equals(Condition.METHOD)
                ? values.stream()
                        .sorted(Comparator.comparingInt(MethodLabels::rank))
                        .toList()
                : values;
    }

    private static String cell(List<Observation> own, Measure measure, Predicate<Observation> wanted) {
        return Observation.text(
                own.stream()
                        .filter(each -> each.measure().equals(measure))
                        .filter(wanted)
                        .toList(),
                measure);
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }

    /** Returns words with a capital letter at the beginning, but symbols, such as δ and mAP, as they are. */
    static String capital(String word) {
        return word.matches("[a-z]([^A-Z].*)?") ? Character.toUpperCase(word.charAt(0)) + word.substring(1) : word;
    }
}
