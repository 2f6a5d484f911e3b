package dev.clap4j.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clap4j.evaluation.report.Outcome.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutcomeTests {
    private static final Measure MORE = Measure.accuracy("zero-shot", "C", "Zero-shot, C");
    private static final Measure LESS = Measure.spread("zero-shot", "R", "R");

    private static Map<String, Double> runs(double... values) {
        Map<String, Double> runs = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            runs.put("seed-" + i, values[i]);
        }
        return runs;
    }

    private static Outcome outcome(Measure measure, Map<String, Double> clip, Map<String, Double> clap) {
        return new Outcome(measure, Map.of("CLIP", clip, "CLAP", clap), Map.of());
    }

    @Test
    void betterIsBetterInEveryRun() {
        assertThat(outcome(MORE, runs(50, 60), runs(51, 61)).verdict("CLAP", "CLIP"))
                .contains(Verdict.BETTER);
        assertThat(outcome(MORE, runs(50, 60), runs(49, 59)).verdict("CLAP", "CLIP"))
                .contains(Verdict.WORSE);
        assertThat(outcome(MORE, runs(50, 60), runs(59, 59)).verdict("CLAP", "CLIP"))
                .contains(Verdict.MIXED);
        assertThat(outcome(MORE, runs(50, 60), runs(50.004, 61)).verdict("CLAP", "CLIP"))
                .as("what two decimals do not show is no difference")
                .contains(Verdict.MIXED);
    }

    @Test
    void ofSomeMeasuresLessIsBetter() {
        assertThat(outcome(LESS, runs(5), runs(4)).verdict("CLAP", "CLIP")).contains(Verdict.BETTER);
        assertThat(outcome(LESS, runs(5), runs(6)).verdict("CLAP", "CLIP")).contains(Verdict.WORSE);
    }

    @Test
    void onlyRunsThatHaveBothAreCompared() {
        Outcome outcome = outcome(MORE, Map.of("a", 50.0, "b", 10.0), Map.of("a", 51.0, "c", 90.0));

        assertThat(outcome.differences("CLAP", "CLIP")).containsExactly(1.0);
        assertThat(outcome.verdict("CLAP", "Im.Aug")).isEmpty();
        assertThat(outcome.of("CLAP").orElseThrow().mean()).isCloseTo(70.5, within(1e-9));
        assertThat(outcome.of("Im.Aug")).isEmpty();
    }

    @Test
    void theFirstOfSeveralStrengthsCounts() {
        Outcome.Gathering gathering = new Outcome.Gathering();
        gathering.add(MORE, "CLAP", "run", 1.0);
        gathering.add(MORE, "CLAP", "run", 2.0);
        gathering.add(LESS, "CLAP", "run", null);

        List<Outcome> outcomes = gathering.outcomes(Published.NONE);

        assertThat(outcomes).hasSize(1);
        assertThat(outcomes.get(0).values()).isEqualTo(Map.of("CLAP", Map.of("run", 1.0)));
        assertThat(outcomes.get(0).published()).isEmpty();
    }
}
