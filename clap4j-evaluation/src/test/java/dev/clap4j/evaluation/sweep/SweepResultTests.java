package dev.clap4j.evaluation.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SweepResultTests {
    private static final JsonMapper JSON = new JsonMapper();

    private static SweepCell cell(Long seed, Float alpha, double accuracy) {
        return new SweepCell(
                new SweepCell.Key(0, Map.of(), seed, alpha),
                Map.of("C", accuracy, "PC", accuracy, "CP", accuracy, "NC", accuracy - 1),
                0,
                0,
                1);
    }

    /** Strengths and what three heads reach with each, beside a model that reaches 70. */
    private static SweepResult result(Map<Float, List<Double>> byStrength) {
        List<SweepCell> cells = new ArrayList<>();
        byStrength.keySet().stream().sorted().forEach(alpha -> {
            for (int seed = 0; seed < byStrength.get(alpha).size(); seed++) {
                cells.add(cell((long) seed, alpha, byStrength.get(alpha).get(seed)));
            }
        });
        return SweepResult.of("α", "pictures", 9, List.of("mini"), List.of(cell(null, null, 70)), cells);
    }

    @Test
    void theModelItselfIsNeverTheBest() {
        SweepResult result = result(Map.of(
                0f, List.of(70.0, 70.0, 70.0),
                0.1f, List.of(69.9, 69.8, 70.0),
                1f, List.of(60.0, 61.0, 60.0)));

        assertThat(result.best().places()).containsExactly(1);
        assertThat(SweepWords.best(result))
                .startsWith("Best: alpha 0.1 with 69.90 ± 0.10 in the mean of C, PC and CP. Without a head: 70.00."
                        + " Difference: -0.10, 95 % interval -0.35 … +0.15, within noise.")
                .endsWith("The best was chosen by the images it is measured on.");
        assertThat(SweepWords.value(result.rows().get(0), "alpha")).isEqualTo("0.0 (no head)");
        assertThat(SweepWords.value(result.rows().get(1), "alpha")).isEqualTo("0.1");
    }

    @Test
    void equalsAreNamedTogether() {
        SweepResult result = result(Map.of(0.1f, List.of(71.0), 0.2f, List.of(71.001), 0.3f, List.of(70.5)));

        assertThat(result.best().places()).containsExactly(1, 0);
        assertThat(SweepWords.best(result))
                .startsWith("Best, equally: alpha 0.2; and alpha 0.1 with 71.00 in the mean of C, PC and CP.")
                .contains("Difference: +1.00, one head: no interval.");
    }

    @Test
    void withoutAnyHeadThereIsNoBest() {
        SweepResult result = result(Map.of(0f, List.of(70.0)));

        assertThat(result.best()).isNull();
        assertThat(SweepWords.best(result)).startsWith("Every alpha is 0");
        assertThat(result.along("alpha")).hasSize(1);
    }

    @Test
    void filesSayWhichIsBest() throws Exception {
        SweepResult result = result(Map.of(0.1f, List.of(71.0, 71.5, 71.2), 0.2f, List.of(70.0, 70.0, 70.0)));

        String text = JSON.writeValueAsString(result);

        assertThat(JSON.readTree(text).at("/best/places/0").asInt()).isZero();
        assertThat(JSON.readTree(text).at("/best/difference/verdict").asText()).isEqualTo("better");
        assertThat(JSON.readTree(text).at("/rows/0/clean/deviation").asDouble()).isPositive();
        assertThat(JSON.readValue(text, SweepResult.class)).isEqualTo(result);
        assertThat(JSON.readValue(text.replaceFirst("\"best\":.*", "\"best\":0}"), SweepResult.class))
                .as("as it was written before")
                .isEqualTo(result);
    }

    @Test
    void rowsOfNoModelAreRefused() {
        assertThatThrownBy(() -> new SweepResult("t", "d", 1, List.of("m"), List.of(cell(null, null, 1)), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
