package dev.clap4j.evaluation.plot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTests {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "8, 8",
        "0.03, 0.03",
        "1e-4, 1e-4",
        "0.208, 0.208",
        "384, 384",
        "100000, 100000",
        "2500000, 2.5e6",
        "-0.5, -0.5",
        "0.333333333, 0.3333"
    })
    void areAsShortAsTheyCanBe(double value, String text) {
        assertThat(Numbers.plain(value)).isEqualTo(text);
    }
}
