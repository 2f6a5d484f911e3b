package dev.clap4j.evaluation.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PlainSummaryTests {
    @Test
    void help() {
        assertThat(PlainSummary.of(SampleReports.of(13, List.of())))
                .isEqualTo(
                        "Shown one labelled picture of each class in a style nobody trained on, a classifier gets 45.0"
                                + " of 100 pictures right with CLAP's features and 32.0 with CLIP's, so CLAP, which learned from"
                                + " class names alone, helped here. Without any labelled picture, CLAP changes the share of right"
                                + " answers by +13.0 points where every class is described in other words (more than chance"
                                + " explains), and by +1.3 where all are described alike (more than chance explains).");
    }

    @Test
    void noHelp() {
        assertThat(PlainSummary.of(SampleReports.of(0.3, List.of())))
                .contains(
                        "32.3 of 100 pictures right",
                        "made no difference here beyond chance.",
                        "+0.3 points",
                        "(which may be chance)");
    }

    @Test
    void harm() {
        assertThat(PlainSummary.of(SampleReports.of(-8, List.of())))
                .contains(
                        "24.0 of 100", "did harm here.", "-8.0 points", "-0.8", "(a loss, more than chance explains)");
    }
}
