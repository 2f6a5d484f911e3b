package dev.clap4j.pretraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LearningRateTests {
    /** Linear to 0.8 in 4 steps, then half a cosine over 8. */
    @ParameterizedTest
    @CsvSource({
        "0, 0.2",
        "1, 0.4",
        "3, 0.8",
        "4, 0.8",
        "6, 0.68284271",
        "8, 0.4",
        "10, 0.11715729",
        "11, 0.03044819",
    })
    void ratesRiseAndFall(int step, double rate) {
        assertThat(new LearningRate(0.8, 4, 12).at(step)).isCloseTo(rate, within(1e-8));
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 1", "0, 2, 0.5", "1, 2, 1"})
    void allOrNothingOfARunMayBeWarmUp(int step, int warmup, double rate) {
        assertThat(new LearningRate(1, warmup, 2).at(step)).isEqualTo(rate);
    }
}
