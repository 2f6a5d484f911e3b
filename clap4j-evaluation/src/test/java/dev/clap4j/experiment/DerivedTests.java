package dev.clap4j.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clap4j.experiment.measurement.ZeroShot;
import dev.clap4j.experiment.statistics.Metrics;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DerivedTests {
    private static final Derived RANGE =
            new Derived(ZeroShot.RANGE, ZeroShot.ACCURACY, Condition.PROMPT, List.of("C", "PC", "CP"), Metrics::range);

    private final List<Score> scores = new ArrayList<>();

    private void score(Measure measure, double value, String... condition) {
        scores.add(new Score(measure, ResultQuery.condition(condition), value));
    }

    /** The means over the domains are 15, 40 and 20. */
    @Test
    void valuesAreAveragedOverDomainsFirst() {
        score(ZeroShot.ACCURACY, 10, "method=CLIP", "prompt=C", "domain=a");
        score(ZeroShot.ACCURACY, 20, "method=CLIP", "prompt=C", "domain=b");
        score(ZeroShot.ACCURACY, 40, "method=CLIP", "prompt=PC", "domain=a");
        score(ZeroShot.ACCURACY, 40, "method=CLIP", "prompt=PC", "domain=b");
        score(ZeroShot.ACCURACY, 30, "method=CLIP", "prompt=CP", "domain=a");
        score(ZeroShot.ACCURACY, 10, "method=CLIP", "prompt=CP", "domain=b");
        score(ZeroShot.ACCURACY, 99, "method=CLIP", "prompt=NC", "domain=a");
        score(ZeroShot.MEAN, 0, "method=CLIP");

        List<Score> derived = RANGE.scores(scores);

        assertThat(derived).hasSize(1);
        assertThat(derived.get(0).measure()).isEqualTo(ZeroShot.RANGE);
        assertThat(derived.get(0).condition()).isEqualTo(ResultQuery.condition("method=CLIP"));
        assertThat(derived.get(0).value()).isCloseTo(25, within(1e-9));
    }

    @Test
    void conditionsAreApartAndAllValuesAreNeeded() {
        for (String seed : List.of("seed=0", "seed=1", "seed=2")) {
            for (String prompt : List.of("C", "PC", "CP")) {
                if (!seed.equals("seed=2") || prompt.equals("C")) {
                    score(ZeroShot.ACCURACY, prompt.length() * 10, "method=CLAP", seed, "prompt=" + prompt, "domain=a");
                }
            }
        }

        assertThat(RANGE.scores(scores))
                .extracting(score -> score.condition().get(Condition.SEED))
                .containsExactly("0", "1");
        assertThat(RANGE.scores(scores)).extracting(Score::value).containsOnly(10.0);
    }
}
