package dev.clap4j.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepTableTests {
    @TempDir
    private Path folder;

    private static void add(RunFiles run, double accuracy, String... condition) {
        for (String prompt : List.of("C", "PC", "CP", "NC")) {
            String[] all = java.util.Arrays.copyOf(condition, condition.length + 2);
            all[condition.length] = "prompt=" + prompt;
            all[condition.length + 1] = "domain=a";
            run.score("zeroshot", prompt.equals("NC") ? accuracy - 1 : accuracy, all);
        }
        run.score("zeroshot-mean", accuracy, condition).score("zeroshot-noise-drop", 1, condition);
    }

    /** Values of α and what heads reach with each, beside a model that reaches 70. */
    private Report report(Map<String, List<Double>> byStrength) throws IOException {
        RunFiles run = RunFiles.of("sweep").option("title", "Strength");
        add(run, 70, "method=CLIP");
        new TreeMap<>(byStrength).forEach((alpha, heads) -> {
            for (int seed = 0; seed < heads.size(); seed++) {
                add(run, heads.get(seed), "method=CLAP", "alpha=" + alpha, "seed=" + seed, "tau=0.5");
            }
        });
        return Report.read(List.of(run.writeTo(folder.resolve("sweep"))));
    }

    @Test
    void theModelItselfIsNeverTheBest() throws IOException {
        Report report = report(Map.of(
                "0.0", List.of(70.0, 70.0, 70.0),
                "0.1", List.of(69.9, 69.8, 70.0),
                "1.0", List.of(60.0, 61.0, 60.0)));

        assertThat(report.paragraph())
                .isEqualTo(
                        "Best: tau 0.5, alpha 0.1 with 69.90 ± 0.10 in the mean of C, PC and CP. Without a head: 70.00."
                                + " Difference: -0.10, 95 % interval -0.35 … +0.15, within noise."
                                + " The best was chosen by the images it is measured on.");
        assertThat(report.render(Format.TERMINAL, 200).lines().limit(7))
                .containsExactly(
                        "Strength",
                        "alpha                     C            PC            CP            NC  mean of C, PC, CP        Δ(NC)",
                        "─────────────────────────────────────────────────────────────────────────────────────────────────────",
                        "no head               70.00         70.00         70.00         69.00              70.00         1.00",
                        "0.0 (no head)  70.00 ± 0.00  70.00 ± 0.00  70.00 ± 0.00  69.00 ± 0.00       70.00 ± 0.00  1.00 ± 0.00",
                        "0.1 *          69.90 ± 0.10  69.90 ± 0.10  69.90 ± 0.10  68.90 ± 0.10       69.90 ± 0.10  1.00 ± 0.00",
                        "1.0            60.33 ± 0.58  60.33 ± 0.58  60.33 ± 0.58  59.33 ± 0.58       60.33 ± 0.58  1.00 ± 0.00");
        assertThat(report.render(Format.MARKDOWN, 0)).containsOnlyOnce("### Strength");
    }

    @Test
    void equalsAreNamedTogether() throws IOException {
        Report report = report(Map.of("0.1", List.of(71.0), "0.2", List.of(71.001), "0.3", List.of(70.5)));

        assertThat(report.paragraph())
                .startsWith(
                        "Best, equally: tau 0.5, alpha 0.2; and tau 0.5, alpha 0.1 with 71.00 in the mean of C, PC and"
                                + " CP.")
                .contains("Difference: +1.00, one head: no interval.");
    }

    @Test
    void withoutAnyHeadThereIsNoBest() throws IOException {
        assertThat(report(Map.of("0.0", List.of(70.0))).paragraph()).startsWith("Every alpha is 0");
    }

    @Test
    void curvesGoThroughTheBest() throws IOException {
        report(Map.of("0.1", List.of(71.0), "0.2", List.of(70.0))).writePlots(folder);

        assertThat(folder.resolve("sweep.svg")).content().contains("Strength");
    }
}
