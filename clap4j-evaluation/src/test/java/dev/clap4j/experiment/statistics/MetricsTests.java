package dev.clap4j.experiment.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clap4j.Golden;
import dev.clap4j.internal.classify.ZeroShotClassifier;
import dev.clap4j.internal.io.SafetensorsFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class MetricsTests {
    /** Sums of a few two-decimal numbers in another order differ in the last places of a double. */
    private static final Offset<Double> EXACT = within(1e-9);

    private static JsonNode golden(String name) throws Exception {
        return Golden.json("metrics/" + name);
    }

    @Test
    void derivesThePublishedStatistics() throws Exception {
        Map<String, JsonNode> rows = new LinkedHashMap<>();
        for (JsonNode file : golden("published_results.json")) {
            rows.put(file.get("file").asText(), file.get("rows"));
        }
        int compared = 0;
        for (JsonNode expected : golden("derived_statistics.json")) {
            Map<String, List<Double>> byStyle =
                    accuracies(rows.get(expected.get("file").asText()), expected);
            Map<String, Double> means = new LinkedHashMap<>();
            byStyle.forEach((style, values) -> means.put(style, Metrics.mean(values)));
            List<Double> styles = List.of(means.get("C"), means.get("CP"), means.get("PC"));

            means.forEach((style, mean) -> assertThat(mean)
                    .isCloseTo(expected.at("/average_over_domains/" + style).asDouble(), EXACT));
            assertThat(Metrics.mean(styles))
                    .isCloseTo(expected.get("mean_C_CP_PC").asDouble(), EXACT);
            assertThat(Metrics.range(styles))
                    .isCloseTo(expected.at("/C_CP_PC/range_of_averages").asDouble(), EXACT);
            assertThat(Metrics.deviation(styles))
                    .isCloseTo(
                            expected.at("/C_CP_PC/std_population_of_averages").asDouble(), EXACT);
            if (means.containsKey("NC")) {
                assertThat(means.get("C") - means.get("NC"))
                        .isCloseTo(expected.get("nc_drop_C_minus_NC").asDouble(), EXACT);
            }
            compared++;
        }
        assertThat(compared).isEqualTo(golden("derived_statistics.json").size()).isPositive();
    }

    private static Map<String, List<Double>> accuracies(JsonNode rows, JsonNode wanted) {
        Map<String, List<Double>> byStyle = new LinkedHashMap<>();
        for (JsonNode row : rows) {
            if (row.get("kind").asText().equals("zeroshot")
                    && row.get("attack").equals(wanted.get("attack"))
                    && row.get("dataset").equals(wanted.get("dataset"))) {
                for (String style : List.of("C", "CP", "PC", "NC")) {
                    if (row.hasNonNull(style)) {
                        byStyle.computeIfAbsent(style, s -> new ArrayList<>())
                                .add(row.get(style).asDouble());
                    }
                }
            }
        }
        return byStyle;
    }

    @Test
    void roundsAsTheReferenceDoes() throws Exception {
        JsonNode cases = golden("accuracy.json").get("round_2");
        assertThat(cases).isNotEmpty();
        for (JsonNode rounding : cases) {
            assertThat(Metrics.twoDecimals(rounding.get("value").asDouble()))
                    .isEqualTo(rounding.get("text").asText());
        }
    }

    @Test
    void countsAsTheReferenceDoes() throws Exception {
        JsonNode golden = golden("accuracy.json");
        SafetensorsFile file = Golden.tensors("metrics/accuracy.safetensors");
        float[] scores = file.get("scores").toFloats();
        int[] labels = Arrays.stream(file.get("labels").toLongs())
                .mapToInt(Math::toIntExact)
                .toArray();
        int classes = scores.length / labels.length;
        int[] predicted = new int[labels.length];
        for (int i = 0; i < labels.length; i++) {
            predicted[i] = ZeroShotClassifier.argMax(Arrays.copyOfRange(scores, i * classes, (i + 1) * classes));
            assertThat(predicted[i])
                    .as("row %s", i)
                    .isEqualTo(golden.get("argmax_prediction_with_ties").get(i).asInt());
        }

        golden.properties().forEach(fact -> {
            Matcher first = Pattern.compile("top1_first(\\d+)").matcher(fact.getKey());
            if (first.matches()) {
                int rows = Integer.parseInt(first.group(1));
                assertThat(Metrics.accuracy(Arrays.copyOf(predicted, rows), Arrays.copyOf(labels, rows)))
                        .isEqualTo(fact.getValue().asDouble());
            }
        });
    }

    @Test
    void aSingleValueHasNoSpread() {
        assertThat(Metrics.range(List.of(3.5))).isZero();
        assertThat(Metrics.deviation(List.of(3.5))).isZero();
    }

    @Test
    void refusesPredictionsThatDoNotFitTheLabels() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Metrics.accuracy(new int[2], new int[3]))
                .withMessage("2 predictions for 3 labels");
        assertThatIllegalArgumentException().isThrownBy(() -> Metrics.accuracy(new int[0], new int[0]));
    }
}
