package dev.clap4j.experiment.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTests {
    /** By hand: the squares of −1, 0 and 1 sum to 2, over n − 1 = 2. */
    @Test
    void theDeviationIsThatOfASample() {
        Spread spread = new Spread(List.of(4.0, 5.0, 6.0));

        assertThat(spread.mean()).isEqualTo(5);
        assertThat(spread.deviation()).isCloseTo(1, within(1e-12));
        assertThat(spread.text(1)).isEqualTo("5.0 ± 1.0");
        assertThat(new Spread(List.of(1.0, 3.0)).deviation()).isCloseTo(Math.sqrt(2), within(1e-12));
    }

    @Test
    void aSingleValueHasNoDeviation() {
        Spread single = new Spread(List.of(4.0));

        assertThat(single.deviation()).isZero();
        assertThat(single.text(2)).isEqualTo("4.00");
    }

    @Test
    void noValuesAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Spread(List.of()));
    }
}
