package dev.clap4j.evaluation.report;

import dev.clap4j.evaluation.Metrics;
import dev.clap4j.evaluation.Spread;
import dev.clap4j.evaluation.report.Outcome.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All measures of an experiment in one table, and what they say in a few words. */
final class SummaryPart {
    private static final String CLAP = "CLAP";

    private final List<Outcome> outcomes;
    private final Published published;
    private final List<String> kinds;

    SummaryPart(Report.Part part, Published published) {
        this.outcomes = part.outcomes();
        this.kinds = part.kinds();
        this.published = published;
    }

    String html() {
        return words()
                + Html.table(
                        caption(), titles(), outcomes.stream().map(this::row).toList())
                + note();
    }

    /** By which measures CLAP is ahead and by which it is not. */
    private String words() {
        StringBuilder html = new StringBuilder();
        others().forEach(other -> html.append("<p class=\"lead\"><b>CLAP against ")
                .append(Html.escape(other))
                .append("</b><br/>\n")
                .append(line("Better: ", other, Verdict.BETTER))
                .append(line("Worse: ", other, Verdict.WORSE))
                .append(line("Even, or not the same in every run: ", other, Verdict.MIXED))
                .append("</p>\n"));
        return html.toString();
    }

    /** The measures with a verdict, part by part. */
    private String line(String begin, String other, Verdict verdict) {
        Map<String, List<String>> byPart = outcomes.stream()
                .filter(outcome -> !outcome.measure().isBaseline()
                        && outcome.verdict(CLAP, other).equals(Optional.of(verdict)))
                .map(Outcome::measure)
                .collect(Collectors.groupingBy(
                        Measure::part, LinkedHashMap::new, Collectors.mapping(Measure::name, Collectors.toList())));
        List<String> parts = new ArrayList<>();
        byPart.forEach((part, names) -> parts.add(part + " " + String.join(", ", names)));
        return parts.isEmpty() ? "" : Html.escape(begin + String.join("; ", parts) + ".") + "<br/>\n";
    }

    private String caption() {
        return "Percent and percentage points, each domain counting the same; the silhouette goes from −1 to 1."
                + (runs() > 1 ? " Mean ± deviation over " + runs() + " runs." : "")
                + (published.dataset() == null
                        ? ""
                        : " In brackets what the authors published for OpenAI's model of this geometry on all of "
                                + published.dataset() + ".");
    }

    private int runs() {
        return outcomes.stream()
                .flatMap(outcome -> outcome.values().values().stream())
                .mapToInt(values -> values.size())
                .max()
                .orElse(0);
    }

    private List<String> titles() {
        List<String> titles = new ArrayList<>(List.of("Measure"));
        titles.addAll(kinds);
        others().forEach(other -> titles.add("CLAP against " + other));
        return titles;
    }

    /** What CLAP is compared with. */
    private Stream<String> others() {
        return kinds.contains(CLAP) ? kinds.stream().filter(kind -> !kind.equals(CLAP)) : Stream.of();
    }

    private List<String> row(Outcome outcome) {
        List<String> cells = new ArrayList<>();
        cells.add(
                Html.escape(outcome.measure().title() + (outcome.measure().moreIsBetter() ? "" : " (less is better)")));
        kinds.forEach(kind -> cells.add(cell(outcome, kind)));
        others().forEach(other -> cells.add(comparison(outcome, other)));
        return cells;
    }

    private static String cell(Outcome outcome, String kind) {
        int decimals = outcome.measure().decimals();
        Optional<Spread> spread = outcome.of(kind);
        String own = spread.map(figures -> Cells.spread(figures, decimals)).orElse("");
        Double published = outcome.published().get(kind);
        return published == null || spread.isEmpty()
                ? own
                : own + " <small>(" + Cells.number(published, decimals) + ")</small>";
    }

    private static String comparison(Outcome outcome, String other) {
        Optional<Verdict> verdict = outcome.verdict(CLAP, other);
        if (verdict.isEmpty()) {
            return "";
        }
        String difference = Cells.signed(
                Metrics.mean(outcome.differences(CLAP, other)),
                outcome.measure().decimals());
        return switch (verdict.get()) {
            case BETTER -> "<span class=\"right\">" + difference + " ✓ better</span>";
            case WORSE -> "<span class=\"wrong\">" + difference + " ✗ worse</span>";
            case MIXED -> "<span class=\"same\">" + difference + " = mixed</span>";
        };
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
