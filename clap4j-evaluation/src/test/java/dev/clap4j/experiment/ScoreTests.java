package dev.clap4j.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import dev.clap4j.experiment.measurement.ZeroShot;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScoreTests {
    private static final Condition CONDITION =
            ResultQuery.condition("method=CLAP", "alpha=0.14", "seed=0", "prompt=PC", "domain=01");

    @Test
    void aRowHasNumbersWhereTheyAre() {
        assertThat(new Score(ZeroShot.ACCURACY, CONDITION, 68.1).row().toString())
                .isEqualTo("{measure=zeroshot, method=CLAP, alpha=0.14, seed=0, prompt=PC, domain=01, value=68.1}");
        assertThat(new Score(ZeroShot.ACCURACY, CONDITION, 68.1).row())
                .containsEntry("alpha", 0.14)
                .containsEntry("seed", 0L)
                .containsEntry("domain", "01");
        // Only numbers that are written back as they were.
        Condition odd = ResultQuery.condition("lr=5e-4", "latent=0128", "tau=0.50");
        assertThat(new Score(ZeroShot.ACCURACY, odd, 1).row())
                .containsEntry("lr", "5e-4")
                .containsEntry("latent", "0128")
                .containsEntry("tau", "0.50");
    }

    @Test
    void aRowIsReadAgain() {
        Score score = new Score(ZeroShot.ACCURACY, CONDITION, 68.1);
        assertThat(Score.of(score.row())).isEqualTo(score);
    }

    @Test
    void aRowHasAMeasureAndAValue() {
        assertThatThrownBy(() -> Score.of(Map.of("measure", "zeroshot")))
                .isInstanceOf(ClapException.class)
                .hasMessageContaining("a measure and a numeric value");
        assertThatThrownBy(() -> Score.of(Map.of("measure", "zeroshot", "value", "much")))
                .isInstanceOf(ClapException.class);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Score(ZeroShot.ACCURACY, CONDITION, Double.NaN))
                .withMessageContaining("NaN");
    }

    @Test
    void anUnknownMeasureIsAPercentage() {
        Score score = Score.of(Map.of("measure", "mine", "value", 3));
        assertThat(score.measure()).isEqualTo(Measure.accuracy("mine", "mine", "mine"));
        assertThat(score.value()).isEqualTo(3);
    }
}
