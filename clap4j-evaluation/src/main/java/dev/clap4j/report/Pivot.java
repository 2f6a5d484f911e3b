package dev.clap4j.report;

import dev.clap4j.experiment.Condition;
import dev.clap4j.experiment.Layout;
import dev.clap4j.experiment.Measure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Arranges observations in tables. */
final class Pivot {
    private Pivot() {}

    /** Returns a table with something about the data added to its caption. */
    static ResultTable of(Layout.Table layout, Observations all, String title, String about) {
        List<String> dimensions = layout.rows();
        Measure first = layout.measures().get(0);
        List<String> domains = layout.domains() ? all.values(Condition.DOMAIN) : List.of();
        List<Measure> measures = layout.measures().stream()
                .filter(measure -> all.measures().contains(measure))
                .toList();
        List<String> columns = Stream.of(
                        dimensions.stream().map(Pivot::capital),
                        domains.stream(),
                        measures.stream()
                                .map(measure -> layout.domains() && measure.equals(first)
                                        ? "Mean"
                                        : capital(measure.symbol(Condition.NONE))))
                .flatMap(titles -> titles)
                .toList();
        Map<Condition, Observations> groups = all.by(each -> each.shown().only(dimensions));
        List<List<String>> rows = new ArrayList<>();
        groups.keySet().stream().sorted(order(dimensions, all)).forEach(row -> {
            Observations own = groups.get(row);
            List<String> cells = new ArrayList<>();
            dimensions.forEach(dimension -> cells.add(Objects.requireNonNullElse(row.get(dimension), "")));
            domains.forEach(domain -> cells.add(
                    own.of(List.of(first)).with(Condition.DOMAIN, domain).text()));
            measures.forEach(measure -> cells.add(own.of(List.of(measure)).text()));
            rows.add(cells);
        });
        return new ResultTable(title, columns, dimensions.size(), rows, layout.caption() + " " + about + ".");
    }

    /** Sorts by the values of the dimensions, one after the other, in the order of their appearance. */
    private static Comparator<Condition> order(List<String> dimensions, Observations all) {
        Comparator<Condition> order = Comparator.comparing(row -> 0);
        for (String dimension : dimensions) {
            List<String> values = all.values(dimension);
            order = order.thenComparing(row -> values.indexOf(row.get(dimension)));
        }
        return order;
    }

    /** Returns words with a capital letter at the beginning, but symbols, such as δ and mAP, as they are. */
    static String capital(String word) {
        return word.matches("[a-z]([^A-Z].*)?") ? Character.toUpperCase(word.charAt(0)) + word.substring(1) : word;
    }
}
