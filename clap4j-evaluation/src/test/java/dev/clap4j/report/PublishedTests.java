package dev.clap4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clap4j.Golden;
import dev.clap4j.experiment.Measurements;
import dev.clap4j.report.Comparison.Row;
import dev.clap4j.training.Preset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class PublishedTests {
    /** Means are kept with four decimals. */
    private static final Offset<Double> ROUNDED = within(5e-5);

    private static JsonNode golden(String name) throws Exception {
        return Golden.json("metrics/" + name);
    }

    /** The figures of all domains in the files of the main results, by what they are of. */
    private static Map<String, List<Double>> domains() throws Exception {
        Map<String, List<Double>> figures = new LinkedHashMap<>();
        for (JsonNode file : golden("published_results.json")) {
            String path = file.get("file").asText();
            if (path.contains("Ablat")) {
                continue;
            }
            String method = file.get("method").asText().equals("ImAug")
                    ? "Im.Aug"
                    : file.get("method").asText();
            for (JsonNode row : file.get("rows")) {
                String key = file.get("backbone").asText() + " "
                        + row.path("dataset").asText() + " " + method + " ";
                String attack = row.path("attack").asText("None");
                switch (row.get("kind").asText()) {
                    case "zeroshot" -> {
                        if (attack.equals("None")) {
                            List.of("C", "PC", "CP", "NC")
                                    .forEach(prompt -> add(figures, key + prompt, row.get(prompt)));
                        } else if (!path.contains("natural")) {
                            add(figures, key + "zeroshot " + attack, row.get("C"));
                        }
                    }
                    case "fewshot" ->
                        row.get("acc").properties().forEach(shot -> add(figures, key + shot.getKey(), shot.getValue()));
                    case "oneshot_adversarial" ->
                        row.get("acc")
                                .properties()
                                .forEach(each -> add(figures, key + "oneshot " + each.getKey(), each.getValue()));
                    default -> {
                        // Other rows are of no table.
                    }
                }
            }
        }
        return figures;
    }

    private static void add(Map<String, List<Double>> figures, String key, JsonNode value) {
        figures.computeIfAbsent(key, k -> new ArrayList<>()).add(value.asDouble());
    }

    @Test
    void figuresAreTheMeansOfTheAuthors() throws Exception {
        Map<String, List<Double>> domains = domains();
        Map<String, Double> own = new LinkedHashMap<>();
        for (Published.Entry entry : Published.all()) {
            String key = entry.model() + " " + entry.dataset() + " " + entry.method() + " ";
            entry.zeroshot().forEach((prompt, value) -> own.put(key + prompt, value));
            entry.fewshot().forEach((shots, value) -> own.put(key + shots, value));
            entry.zeroshotAttacks().forEach((attack, value) -> own.put(key + "zeroshot " + attack, value));
            entry.oneshotAttacks().forEach((attack, value) -> own.put(key + "oneshot " + attack, value));
        }

        assertThat(own.keySet()).containsExactlyInAnyOrderElementsOf(domains.keySet());
        own.forEach((key, value) -> assertThat(value)
                .as(key)
                .isCloseTo(
                        domains.get(key).stream().mapToDouble(v -> v).average().orElseThrow(), ROUNDED));
    }

    @Test
    void whatFollowsFromThemIsAsTheReferenceHasIt() throws Exception {
        int compared = 0;
        for (JsonNode expected : golden("derived_statistics.json")) {
            String path = expected.get("file").asText();
            if (path.contains("Ablat") || !expected.get("attack").asText().equals("None")) {
                continue;
            }
            String dataset = expected.get("dataset").asText();
            List<String> classes =
                    Preset.valueOf(dataset.toUpperCase(Locale.ROOT)).classes();
            Published published = Published.find(expected.get("backbone").asText(), classes);
            String method = expected.get("method").asText().equals("ImAug")
                    ? "Im.Aug"
                    : expected.get("method").asText();

            assertThat(published.dataset()).isEqualTo(dataset);
            assertThat(figure(published, "zeroshot-mean", method))
                    .isCloseTo(expected.get("mean_C_CP_PC").asDouble(), ROUNDED);
            assertThat(figure(published, "zeroshot-range", method))
                    .isCloseTo(expected.at("/C_CP_PC/range_of_averages").asDouble(), within(1e-4));
            assertThat(figure(published, "zeroshot-deviation", method))
                    .isCloseTo(
                            expected.at("/C_CP_PC/std_population_of_averages").asDouble(), within(1e-4));
            assertThat(figure(published, "zeroshot-noise-drop", method))
                    .isCloseTo(expected.get("nc_drop_C_minus_NC").asDouble(), within(1e-4));
            compared++;
        }
        assertThat(compared).isPositive();
    }

    private static double figure(Published published, String measure, String method) {
        return published.of(row(measure), method);
    }

    private static Row row(String measure, String... condition) {
        return new Row(Measurements.measure(measure), RunFiles.condition(condition));
    }

    @Test
    void nothingIsPublishedForOtherModelsAndClasses() {
        List<String> pacs = Preset.PACS.classes();

        assertThat(Published.find("mini", pacs)).isEqualTo(Published.NONE);
        assertThat(Published.find("ViT-B/16", pacs.subList(1, 7))).isEqualTo(Published.NONE);
        assertThat(Published.find("ViT-B/16", pacs).of(row("probe", "shots=1"), "CLIP"))
                .isPositive();
        assertThat(Published.find("ViT-L/14", pacs).of(row("probe", "shots=1"), "CLIP"))
                .as("probes are published for ViT-B/16 alone")
                .isNull();
        assertThat(Published.find("ViT-B/16", pacs).of(row("attacked", "prompt=C", "attack=FGSM"), "CLAP (tau 1)"))
                .isPositive();
        assertThat(Published.find("ViT-B/16", pacs).of(row("attacked", "prompt=PC", "attack=FGSM"), "CLAP"))
                .isNull();
    }
}
