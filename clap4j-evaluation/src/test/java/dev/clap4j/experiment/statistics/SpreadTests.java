package dev.clap4j.experiment.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTests {
    private static final JsonMapper JSON = new JsonMapper();

    /** By hand: the squares of −1, 0 and 1 sum to 2, over n − 1 = 2. */
    @Test
    void theDeviationIsThatOfASample() {
        Spread spread = Spread.of(List.of(4.0, 5.0, 6.0));

        assertThat(spread.mean()).isEqualTo(5);
        assertThat(spread.deviation()).isCloseTo(1, within(1e-12));
        assertThat(spread.whisker()).isEqualTo(spread.deviation());
        assertThat(Spread.of(List.of(1.0, 3.0)).deviation()).isCloseTo(Math.sqrt(2), within(1e-12));
    }

    @Test
    void aSingleValueHasNoDeviation() throws Exception {
        Spread single = Spread.of(List.of(4.0));

        assertThat(single.deviation()).isNull();
        assertThat(single.whisker()).isZero();
        assertThat(JSON.writeValueAsString(single)).isEqualTo("{\"mean\":4.0,\"deviation\":null,\"values\":[4.0]}");
    }

    /** Mean and deviation are recomputed on loading, so that old and new formulas never mix. */
    @Test
    void filesHoldTheValues() throws Exception {
        Spread read = JSON.readValue("{\"mean\":5.5,\"deviation\":0.5,\"values\":[5.0,6.0]}", Spread.class);

        assertThat(read).isEqualTo(Spread.of(List.of(5.0, 6.0)));
        assertThat(JSON.readValue(JSON.writeValueAsString(read), Spread.class)).isEqualTo(read);
        assertThat(read.deviation()).isCloseTo(Math.sqrt(0.5), within(1e-12));
    }

    @Test
    void noValuesAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Spread.of(List.of()));
    }
}
