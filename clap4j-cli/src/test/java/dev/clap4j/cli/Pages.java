package dev.clap4j.cli;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clap4j.evaluation.quickstart.Comparison;
import dev.clap4j.evaluation.quickstart.DomainScores;
import dev.clap4j.evaluation.quickstart.QuickstartMetric;
import dev.clap4j.evaluation.quickstart.QuickstartReport;
import dev.clap4j.evaluation.report.Outcome;
import dev.clap4j.experiment.statistics.Difference;
import dev.clap4j.experiment.statistics.Metrics;
import dev.clap4j.report.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The figures in the project's pages, as they follow from {@code docs/results}. In a page each stands between
 * {@code <!-- figure: NAME -->} and {@code <!-- end -->}.
 */
final class Pages {
    private static final Pattern FIGURE =
            Pattern.compile("(<!-- figure: ([\\w-]+) -->).*?(<!-- end -->)", Pattern.DOTALL);

    private static final List<String> CLEAN = List.of("C", "PC", "CP");

    private static final Map<QuickstartMetric, String> HEADLINE = headlines();

    private final QuickstartReport quickstart;
    private final List<Outcome> outcomes;
    private final Map<String, Supplier<String>> figures = new LinkedHashMap<>();

    private Pages(QuickstartReport quickstart, List<Outcome> outcomes, Styles styles) {
        this.quickstart = quickstart;
        this.outcomes = outcomes;
        figures.put("quickstart-table", () -> block(QuickstartTable.table(quickstart)));
        figures.put("quickstart-headline", this::headline);
        figures.put("styles", () -> "\n![" + styles.inWords() + "](docs/styles.png)\n");
        figures.put(
                "mixed-templates",
                () -> tenths(clip(QuickstartMetric.MIXED_UNSEEN)) + " % for CLIP and "
                        + tenths(quickstart
                                .of(QuickstartMetric.MIXED_UNSEEN)
                                .clap()
                                .mean()) + " % for CLAP");
        figures.put("zero-shot-interval", () -> range(QuickstartMetric.ZERO_SHOT_UNSEEN));
        figures.put("quickstart-domains", this::domains);
        figures.put("zero-shot-by-set", this::bySet);
        figures.put(
                "noise-of-clip",
                () -> tenths(clip(QuickstartMetric.NOISE_DROP_UNSEEN)) + " points on unseen sets and "
                        + tenths(clip(QuickstartMetric.NOISE_DROP_SEEN)) + " on seen ones");
        figures.put(
                "noise-of-clap",
                () -> difference(QuickstartMetric.NOISE_DROP_UNSEEN) + " on unseen sets, "
                        + difference(QuickstartMetric.NOISE_DROP_SEEN) + " on seen ones");
        figures.put("reproduction-table", this::protocol);
    }

    /**
     * From the files that the program wrote.
     *
     * @param results {@code docs/results}: {@code quickstart.json}, a quickstart's {@code report.json},
     *     {@code reproduction.json}, the output of {@code clap reproduce --json}, and {@code styles.json}, see {@link Styles}
     */
    static Pages of(Path results) throws IOException {
        JsonMapper json = new JsonMapper();
        List<Report.Part> parts =
                json.readValue(results.resolve("reproduction.json").toFile(), new TypeReference<>() {});
        return new Pages(
                json.readValue(results.resolve("quickstart.json").toFile(), QuickstartReport.class),
                parts.get(0).outcomes(),
                json.readValue(results.resolve("styles.json").toFile(), Styles.class));
    }

    /** A page with its figures as they should be. */
    String renewed(String page) {
        return FIGURE.matcher(page).replaceAll(match -> {
            Supplier<String> figure = figures.get(match.group(2));
            if (figure == null) {
                throw new IllegalArgumentException(
                        "There is no figure " + match.group(2) + ", only " + figures.keySet());
            }
            return Matcher.quoteReplacement(match.group(1) + figure.get() + match.group(3));
        });
    }

    private static Map<QuickstartMetric, String> headlines() {
        Map<QuickstartMetric, String> words = new LinkedHashMap<>();
        words.put(QuickstartMetric.FEW_SHOT_WHOLE, "linear probe on one labelled picture per class");
        words.put(QuickstartMetric.MIXED_UNSEEN, "zero-shot, every class worded differently");
        words.put(QuickstartMetric.ZERO_SHOT_UNSEEN, "zero-shot, every class worded alike");
        return words;
    }

    private static String block(String text) {
        return "\n```\n" + text.replace(System.lineSeparator(), "\n") + "\n```\n";
    }

    /** The measures that tell most, each in a row. */
    private String headline() {
        StringBuilder table = new StringBuilder("\n\n| | CLIP | CLAP |\n|---|---|---|\n");
        HEADLINE.forEach((measure, words) -> {
            Comparison comparison = quickstart.of(measure);
            table.append("| ").append(words).append(" | ").append(tenths(comparison.clip()));
            table.append(" | ").append(tenths(comparison.clap().mean())).append(" |\n");
        });
        return table.append('\n').toString();
    }

    private double clip(QuickstartMetric measure) {
        return quickstart.of(measure).clip();
    }

    private String range(QuickstartMetric measure) {
        Difference difference = quickstart.of(measure).difference();
        return printed(difference.range(2).replace(" … ", " to "));
    }

    private String difference(QuickstartMetric measure) {
        Comparison comparison = quickstart.of(measure);
        return printed(comparison.difference().signed(2)) + " ("
                + comparison.difference().words() + ")";
    }

    /** With a minus sign as it is printed. */
    private static String printed(String number) {
        return number.replace('-', '−');
    }

    private static String tenths(double value) {
        return Metrics.decimals(value, 1);
    }

    private static String signedTenths(double value) {
        return printed(String.format(Locale.ROOT, "%+.1f", value));
    }

    private List<DomainScores> unseen() {
        return quickstart.domains().stream().filter(domain -> !domain.seen()).toList();
    }

    private static DomainScores.Score figure(DomainScores domain, String name) {
        return domain.figures().stream()
                .filter(figure -> figure.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private String domains() {
        String shots = quickstart.setting().shots() + "-shot";
        return unseen().stream()
                .map(domain -> {
                    DomainScores.Score probe = figure(domain, shots);
                    return "| " + domain.domain() + " | " + tenths(probe.clip()) + " | " + tenths(probe.clap()) + " | "
                            + signedTenths(probe.clap() - probe.clip()) + " |\n";
                })
                .collect(Collectors.joining("", "\n\n| set | CLIP | CLAP | difference |\n|---|---|---|---|\n", "\n"));
    }

    private String bySet() {
        Map<String, Double> differences = new LinkedHashMap<>();
        for (DomainScores domain : unseen()) {
            differences.put(
                    domain.domain(),
                    CLEAN.stream()
                            .map(prompt -> figure(domain, prompt))
                            .collect(Collectors.averagingDouble(figure -> figure.clap() - figure.clip())));
        }
        Comparator<Map.Entry<String, Double>> byValue = Map.Entry.comparingByValue();
        Map.Entry<String, Double> best =
                differences.entrySet().stream().max(byValue).orElseThrow();
        Map.Entry<String, Double> worst =
                differences.entrySet().stream().min(byValue).orElseThrow();
        return printed(String.format(
                Locale.ROOT,
                "%+.2f (%s) to %+.2f (%s)",
                best.getValue(),
                best.getKey().replace('-', '\u2011'),
                worst.getValue(),
                worst.getKey().replace('-', '\u2011')));
    }

    /** The measures of the paper in its order, means and sample deviations, and how CLAP stands beside CLIP. */
    private String protocol() {
        StringBuilder table =
                new StringBuilder("\n\n| | CLIP | Im.Aug | CLAP | CLAP beside CLIP |\n|---|---|---|---|---|\n");
        for (Outcome outcome : outcomes) {
            if (!outcome.measure().part().equals("zero-shot")
                    || !List.of("C", "PC", "CP", "NC")
                            .contains(outcome.measure().name())) {
                table.append("| ").append(outcome.measure().heading());
                for (String method : List.of("CLIP", "Im.Aug", "CLAP")) {
                    table.append(" | ")
                            .append(outcome.of(method)
                                    .orElseThrow()
                                    .text(outcome.measure().decimals()));
                }
                table.append(" | ")
                        .append(outcome.difference("CLAP", "CLIP").orElseThrow().words())
                        .append(" |\n");
            }
        }
        return table.append('\n').toString();
    }
}
