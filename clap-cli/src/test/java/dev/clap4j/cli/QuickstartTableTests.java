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

        assertThat(lines.get(0)).matches("Measure +CLIP +CLAP +Difference");
        assertThat(lines.get(2))
                .matches("1-shot probe, unseen domains, all images +32\\.00 +45\\.00 ± 0\\.25 +\\+13\\.00");
        assertThat(lines.get(5))
                .matches("zero-shot, mixed templates, unseen domains +23\\.13 +36\\.13 ± 0\\.25 +\\+13\\.00");
        assertThat(lines.get(7))
                .matches("image variance explained by image type, % \\(less is better\\) +24\\.00 +11\\.00.* -13\\.00");
        assertThat(lines.get(13)).startsWith("Δ(NC), loss by noisy prompts, seen domains (less is better)");
        assertThat(lines.get(14))
                .isEqualTo("In %; ± over 2 heads, trained on 2 class names alone; 924 unseen images, 462 seen;"
                        + " α chosen on seen ones");
        assertThat(lines.get(15))
                .isEqualTo("95 % interval of the zero-shot difference on unseen domains: +0.90 to +1.70");
        assertThat(lines.subList(17, lines.size()))
                .allSatisfy(line -> assertThat(line).hasSizeBetween(1, 80));
        assertThat(String.join(" ", lines.subList(17, lines.size())))
                .startsWith("Shown one labelled picture")
                .endsWith("(more than chance explains).");
    }
}
