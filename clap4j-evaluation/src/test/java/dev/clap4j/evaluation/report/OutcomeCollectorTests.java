package dev.clap4j.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clap4j.evaluation.Difference;
import dev.clap4j.evaluation.Interval;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomeCollectorTests {
    private static final ReportMetric MORE = ReportMetric.accuracy("zero-shot", "C", "Zero-shot, C");
    private static final ReportMetric LESS = ReportMetric.spread("zero-shot", "R", "R");

    private final OutcomeCollector gathering = new OutcomeCollector();

    private void add(ReportMetric measure, String method, double... values) {
        for (int run = 0; run < values.length; run++) {
            gathering.add(measure, method, source(run, "same"), values[run], Difference.Over.RUNS);
        }
    }

    private static OutcomeCollector.Source source(int run, String pictures) {
        return new OutcomeCollector.Source("seed-" + run, pictures);
    }

    private Outcome outcome() {
        List<Outcome> outcomes = gathering.outcomes(Published.NONE);
        assertThat(outcomes).hasSize(1);
        return outcomes.get(0);
    }

    private String verdict() {
        return outcome().difference("CLAP", "CLIP").orElseThrow().words();
    }

    @Test
    void threeRunsTellMoreThanChanceFromChance() {
        add(MORE, "CLIP", 50, 60, 55);
        add(MORE, "CLAP", 51, 61.1, 56);
        assertThat(verdict()).isEqualTo("better");
    }

    @Test
    void runsThatDisagreeAreWithinNoise() {
        add(MORE, "CLIP", 50, 60, 55);
        add(MORE, "CLAP", 59, 59, 56);
        assertThat(verdict()).isEqualTo("within noise");
    }

    @Test
    void equalValuesAreTheSame() {
        add(MORE, "CLIP", 50, 60);
        add(MORE, "CLAP", 50, 60);
        assertThat(verdict()).isEqualTo("same");
    }

    @Test
    void aRunAloneTellsNothing() {
        add(LESS, "CLIP", 5);
        add(LESS, "CLAP", 4);
        assertThat(verdict()).isEqualTo("one run: no interval");
    }

    @Test
    void picturesTellWhereBothMethodsAnsweredTheSameOnes() {
        add(LESS, "CLIP", 5, 5, 5);
        add(LESS, "CLAP", 4, 4.1, 4.2);
        for (int run = 0; run < 3; run++) {
            Difference wide = Difference.onPictures(-1, new Interval(-2 - run, 0.5 + run), 99, LESS.scale());
            gathering.add(LESS, "CLAP", "CLIP", source(run, "same"), wide);
        }

        Difference difference = outcome().difference("CLAP", "CLIP").orElseThrow();

        assertThat(difference.words()).as("by runs alone it were better").isEqualTo("within noise");
        assertThat(difference.over()).isEqualTo(Difference.Over.PICTURES);
        assertThat(difference.count()).isEqualTo(99);
        assertThat(difference.value()).isCloseTo(-0.9, within(1e-9));
        assertThat(difference.interval()).isEqualTo(new Interval(-3, 1.5));
    }

    @Test
    void runsOnPicturesOfTheirOwnTellByThemselves() {
        for (int run = 0; run < 3; run++) {
            OutcomeCollector.Source source = source(run, "pictures " + run);
            gathering.add(MORE, "CLIP", source, 50.0, Difference.Over.RUNS);
            gathering.add(MORE, "CLAP", source, 51.0 + run / 10.0, Difference.Over.RUNS);
            Difference wide = Difference.onPictures(1, new Interval(-9, 9), 4, MORE.scale());
            gathering.add(MORE, "CLAP", "CLIP", source, wide);
        }

        Difference difference = outcome().difference("CLAP", "CLIP").orElseThrow();

        assertThat(difference.over()).isEqualTo(Difference.Over.RUNS);
        assertThat(difference.words()).isEqualTo("better");
    }

    @Test
    void onlyRunsThatHaveBothAreCompared() {
        gathering.add(MORE, "CLIP", source(0, "same"), 50.0, Difference.Over.RUNS);
        gathering.add(MORE, "CLIP", source(1, "same"), 10.0, Difference.Over.RUNS);
        gathering.add(MORE, "CLAP", source(0, "same"), 51.0, Difference.Over.RUNS);
        gathering.add(MORE, "CLAP", source(2, "same"), 90.0, Difference.Over.RUNS);
        gathering.add(LESS, "CLAP", source(2, "same"), null, Difference.Over.RUNS);

        Outcome outcome = outcome();

        assertThat(outcome.difference("CLAP", "CLIP").orElseThrow().value()).isEqualTo(1);
        assertThat(outcome.difference("CLAP", "Im.Aug")).isEmpty();
        assertThat(outcome.difference("CLIP", "CLAP")).as("CLIP stands first").isEmpty();
        assertThat(outcome.of("CLAP").orElseThrow().mean()).isCloseTo(70.5, within(1e-9));
        assertThat(outcome.of("Im.Aug")).isEmpty();
        assertThat(outcome.published()).isEmpty();
    }
}
