package dev.clap4j.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clap4j.experiment.statistics.Metrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
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

    /** The measures that tell most, by their ids. */
    private static final Map<String, String> HEADLINE = headlines();

    /** Rows of the reproduction that the page leaves out: single prompts, maps, and stricter accuracies of probes. */
    private static final String DETAILS =
            "Zero-shot, (C|PC|CP|NC)|Zero-shot \\((PC|CP|NC)\\).*|Davies.*|.*(other images|the others|the map)( ↓)?";

    private final PrintedTable quickstart;
    private final List<JsonNode> scores;
    private final PrintedTable reproduction;
    private final Map<String, Supplier<String>> figures = new LinkedHashMap<>();

    private Pages(PrintedTable quickstart, List<JsonNode> scores, PrintedTable reproduction, Styles styles) {
        this.quickstart = quickstart;
        this.scores = scores;
        this.reproduction = reproduction;
        figures.put("quickstart-table", () -> "\n```\n" + String.join("\n", quickstart.lines()) + "\n```\n");
        figures.put("quickstart-headline", this::headline);
        figures.put("styles", () -> "\n![" + styles.inWords() + "](docs/styles.png)\n");
        figures.put(
                "mixed-templates",
                () -> tenths(mean("CLIP", "mixed-templates", "unseen")) + " % for CLIP and "
                        + tenths(mean("CLAP", "mixed-templates", "unseen")) + " % for CLAP");
        figures.put("zero-shot-interval", () -> quickstart
                .cell("Zero-shot, mean of C, PC and CP, unseen domains", "95 % interval")
                .replace(" … ", " to ")
                .replace('-', '−'));
        figures.put("quickstart-domains", this::domains);
        figures.put("zero-shot-by-set", this::bySet);
        figures.put(
                "noise-of-clip",
                () -> tenths(mean("CLIP", "zeroshot-noise-drop", "unseen")) + " points on unseen sets and "
                        + tenths(mean("CLIP", "zeroshot-noise-drop", "seen")) + " on seen ones");
        figures.put("noise-of-clap", () -> noise("unseen") + " on unseen sets, " + noise("seen") + " on seen ones");
        figures.put("reproduction-table", this::protocol);
    }

    /**
     * From the files that the program wrote.
     *
     * @param results {@code docs/results}: {@code quickstart.txt}, the output of {@code clap quickstart}, and
     *     {@code quickstart.jsonl}, its scores; {@code reproduction.txt}, the output of {@code clap reproduce}; and
     *     {@code styles.json}, see {@link Styles}
     */
    static Pages of(Path results) throws IOException {
        JsonMapper json = new JsonMapper();
        List<JsonNode> scores = new ArrayList<>();
        for (String line : Files.readAllLines(results.resolve("quickstart.jsonl"))) {
            scores.add(json.readTree(line));
        }
        return new Pages(
                PrintedTable.parse(Files.readString(results.resolve("quickstart.txt"))),
                scores,
                PrintedTable.parse(Files.readString(results.resolve("reproduction.txt"))),
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

    private static Map<String, String> headlines() {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("probe", "linear probe on one labelled picture per class");
        words.put("mixed-templates", "zero-shot, every class worded differently");
        words.put("zeroshot-mean", "zero-shot, every class worded alike");
        return words;
    }

    private String headline() {
        StringBuilder table = new StringBuilder("\n\n| | CLIP | CLAP |\n|---|---|---|\n");
        HEADLINE.forEach((measure, words) -> table.append("| ")
                .append(words)
                .append(" | ")
                .append(tenths(mean("CLIP", measure, "unseen")))
                .append(" | ")
                .append(tenths(mean("CLAP", measure, "unseen")))
                .append(" |\n"));
        return table.append('\n').toString();
    }

    private String noise(String data) {
        String row = "Δ(NC), loss by noise in the prompt, " + data + " domains ↓";
        return quickstart.cell(row, "Difference").replace('-', '−') + " (" + quickstart.cell(row, "CLAP is") + ")";
    }

    private double mean(String method, String measure, String data) {
        return mean(method, measure, score -> score.path("data").asText().equals(data));
    }

    /** The mean over domains and heads. */
    private double mean(String method, String measure, Predicate<JsonNode> condition) {
        return scores.stream()
                .filter(score -> score.path("method").asText().equals(method)
                        && score.path("measure").asText().equals(measure)
                        && condition.test(score))
                .mapToDouble(score -> score.path("value").asDouble())
                .average()
                .orElseThrow();
    }

    private static String tenths(double value) {
        return Metrics.decimals(value, 1);
    }

    /** With a minus sign as it is printed. */
    private static String signed(String format, Object... values) {
        return String.format(Locale.ROOT, format, values).replace('-', '−');
    }

    private List<String> unseen() {
        return scores.stream()
                .filter(score -> score.path("data").asText().equals("unseen")
                        && score.path("measure").asText().equals("zeroshot"))
                .map(score -> score.path("domain").asText())
                .distinct()
                .toList();
    }

    private String domains() {
        return unseen().stream()
                .map(domain -> {
                    double clip = mean("CLIP", "probe", score -> isOf(score, domain));
                    double clap = mean("CLAP", "probe", score -> isOf(score, domain));
                    return "| " + domain + " | " + tenths(clip) + " | " + tenths(clap) + " | "
                            + signed("%+.1f", clap - clip) + " |\n";
                })
                .collect(Collectors.joining("", "\n\n| set | CLIP | CLAP | difference |\n|---|---|---|---|\n", "\n"));
    }

    private static boolean isOf(JsonNode score, String domain) {
        return score.path("domain").asText().equals(domain);
    }

    private String bySet() {
        Map<String, Double> differences = new LinkedHashMap<>();
        for (String domain : unseen()) {
            Predicate<JsonNode> clean = score ->
                    isOf(score, domain) && CLEAN.contains(score.path("prompt").asText());
            differences.put(domain, mean("CLAP", "zeroshot", clean) - mean("CLIP", "zeroshot", clean));
        }
        Comparator<Map.Entry<String, Double>> byValue = Map.Entry.comparingByValue();
        Map.Entry<String, Double> best =
                differences.entrySet().stream().max(byValue).orElseThrow();
        Map.Entry<String, Double> worst =
                differences.entrySet().stream().min(byValue).orElseThrow();
        return signed(
                "%+.2f (%s) to %+.2f (%s)",
                best.getValue(),
                best.getKey().replace('-', '\u2011'),
                worst.getValue(),
                worst.getKey().replace('-', '\u2011'));
    }

    /** The measures of the paper in its order, means and sample deviations, and how CLAP stands beside CLIP. */
    private String protocol() {
        StringBuilder table =
                new StringBuilder("\n\n| | CLIP | Im.Aug | CLAP | CLAP beside CLIP |\n|---|---|---|---|---|\n");
        reproduction.rows().stream()
                .filter(row -> !row.matches(DETAILS))
                .forEach(row -> table.append(List.of("CLIP", "Im.Aug", "CLAP", "CLAP is").stream()
                        .map(column -> reproduction.cell(row, column))
                        .collect(Collectors.joining(" | ", "| " + heading(row) + " | ", " |\n"))));
        return table.append('\n').toString();
    }

    private static String heading(String row) {
        return row.replace(" ↓", "");
    }
}
