package dev.clap4j.evaluation.report;

import dev.clap4j.evaluation.Difference;
import dev.clap4j.evaluation.Significance;
import dev.clap4j.evaluation.Spread;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The section with all metrics of an experiment in one table, and a summary in words. */
final class SummaryPart {
    private static final Map<Significance, String> BEGINNINGS = beginnings();

    /** The maximum number of methods and differences in one table. */
    private static final int SIDE_BY_SIDE = 6;

    private static final int VALUES = 8;
    private static final int DIFFERENCES = 5;

    private final List<Outcome> outcomes;
    private final Published published;
    private final List<String> methods;
    private final List<Pair> pairs;

    /** A pair of compared methods. */
    private record Pair(String method, String other) {
        String title() {
            return method + " against " + other;
        }

        Optional<Difference> in(Outcome outcome) {
            return outcome.difference(method, other);
        }
    }

    SummaryPart(Report.Part part, Published published) {
        this.outcomes = part.outcomes();
        this.methods = part.methods();
        this.published = published;
        this.pairs = part.subjects().stream()
                .flatMap(method -> methods.stream().map(other -> new Pair(method, other)))
                .filter(pair ->
                        outcomes.stream().anyMatch(outcome -> pair.in(outcome).isPresent()))
                .toList();
    }

    private static Map<Significance, String> beginnings() {
        Map<Significance, String> beginnings = new LinkedHashMap<>();
        beginnings.put(Significance.BETTER, "Better: ");
        beginnings.put(Significance.WORSE, "Worse: ");
        beginnings.put(Significance.WITHIN_NOISE, "Within noise: ");
        beginnings.put(Significance.SAME, "The same: ");
        beginnings.put(Significance.UNTOLD, "Too few runs to tell: ");
        return beginnings;
    }

    String html() {
        boolean together = methods.size() + pairs.size() <= SIDE_BY_SIDE;
        return words()
                + (together
                        ? table(caption(), SIDE_BY_SIDE, methods, pairs)
                        : table(caption(), VALUES, methods, List.of())
                                + table("The differences between them.", DIFFERENCES, List.of(), pairs))
                + note();
    }

    private String table(String caption, int most, List<String> shown, List<Pair> compared) {
        List<String> titles = new ArrayList<>(List.of("Measure"));
        titles.addAll(shown);
        compared.forEach(pair -> titles.add(pair.title()));
        List<List<String>> rows =
                outcomes.stream().map(outcome -> row(outcome, shown, compared)).toList();
        return Html.table(caption, 1, most, titles, rows);
    }

    /** Returns the metrics in which a method is better, and those in which it is not. */
    private String words() {
        StringBuilder html = new StringBuilder();
        for (Pair pair : pairs) {
            html.append("<p class=\"lead\"><b>")
                    .append(Html.escape(pair.title()))
                    .append("</b><br/>\n");
            BEGINNINGS.forEach((verdict, begin) -> html.append(line(begin, pair, verdict)));
            html.append("</p>\n");
        }
        return html.toString();
    }

    /** Returns the metrics with a verdict, grouped by part. */
    private String line(String begin, Pair pair, Significance verdict) {
        Map<String, List<String>> byPart = outcomes.stream()
                .filter(outcome -> !outcome.measure().isBaseline())
                .filter(outcome -> pair.in(outcome).map(Difference::verdict).equals(Optional.of(verdict)))
                .map(Outcome::measure)
                .collect(Collectors.groupingBy(
                        ReportMetric::part,
                        LinkedHashMap::new,
                        Collectors.mapping(ReportMetric::name, Collectors.toList())));
        List<String> parts = new ArrayList<>();
        byPart.forEach((part, names) -> parts.add(part + " " + String.join(", ", names)));
        return parts.isEmpty() ? "" : Html.escape(begin + String.join("; ", parts) + ".") + "<br/>\n";
    }

    private String caption() {
        int most = outcomes.stream()
                .flatMap(outcome -> outcome.values().values().stream())
                .mapToInt(Map::size)
                .max()
                .orElse(0);
        return "Percent and percentage points, each domain counting the same; the silhouette goes from −1 to 1."
                + (most > 1 ? " Mean ± sample deviation (n − 1) over up to " + most + " runs or draws." : "")
                + " In brackets the 95 % interval of the difference: by bootstrap over the pictures where both methods"
                + " answered the same ones, else by Student's t over runs or draws, of which it takes three. Better and"
                + " worse mean that it leaves out 0, within noise that it does not."
                + (published.dataset() == null
                        ? ""
                        : " In brackets behind a figure what the authors published for OpenAI's model of this geometry on"
                                + " all of " + published.dataset() + ".");
    }

    private static List<String> row(Outcome outcome, List<String> shown, List<Pair> compared) {
        List<String> cells = new ArrayList<>();
        cells.add(Html.escape(
                outcome.measure().heading() + (outcome.measure().moreIsBetter() ? "" : " (less is better)")));
        shown.forEach(method -> cells.add(cell(outcome, method)));
        compared.forEach(pair -> cells.add(pair.in(outcome)
                .map(difference -> comparison(difference, outcome.measure().decimals()))
                .orElse("")));
        return cells;
    }

    private static String cell(Outcome outcome, String method) {
        int decimals = outcome.measure().decimals();
        Optional<Spread> spread = outcome.of(method);
        String own = spread.map(figures -> Cells.spread(figures, decimals)).orElse("");
        Double published = outcome.published().get(method);
        return published == null || spread.isEmpty()
                ? own
                : own + " <small>(" + Cells.number(published, decimals) + ")</small>";
    }

    private static String comparison(Difference difference, int decimals) {
        return Cells.difference(difference, decimals) + " <i>" + Cells.verdict(difference) + "</i>";
    }

    private String note() {
        return published.dataset() == null
                ? ""
                : Html.text(
                        "p",
                        "Published and own figures can be compared only if the weights are OpenAI's and the images all of "
                                + published.dataset() + "; neither can be told from here.");
    }
}
