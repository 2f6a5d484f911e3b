package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.evaluation.quickstart.SampleReports;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuickstartTableTests {
    @Test
    void theMostTellingMeasureComesFirst() {
        List<String> lines =
                QuickstartTable.of(SampleReports.of(13, List.of())).lines().toList();

        assertThat(lines.get(0)).matches("Measure +CLIP +CLAP +Difference +95 % interval +CLAP is");
        assertThat(lines.get(2))
                .matches(
                        "1-shot probe, unseen domains, all images +32\\.00 +45\\.00 ± 0\\.35 +\\+13\\.00 +\\+11\\.50 … \\+14\\.50 +better");
        assertThat(lines.get(5))
                .matches("zero-shot, mixed templates, unseen domains +23\\.13 +36\\.13 ± 0\\.35 +\\+13\\.00.*");
        assertThat(lines.get(7))
                .matches(
                        "image variance explained by image type, % ↓ +24\\.00 +11\\.00.* -13\\.00 +two heads: no interval");
        assertThat(lines.get(13)).startsWith("Δ(NC), loss by noisy prompts, seen domains ↓");
        assertThat(lines.get(14))
                .isEqualTo(
                        "In %; mean ± sample deviation (n − 1) over 2 heads, trained on 2 class names alone; ↓ less is"
                                + " better");
        assertThat(lines.get(15)).isEqualTo("924 unseen images, 462 seen; α chosen on seen ones");
        assertThat(lines.get(16)).startsWith("95 % interval of the difference:");
        assertThat(lines.subList(18, lines.size()))
                .allSatisfy(line -> assertThat(line).hasSizeBetween(1, 80));
        assertThat(String.join(" ", lines.subList(18, lines.size())))
                .startsWith("Shown one labelled picture")
                .endsWith("(more than chance explains).");
    }
}
