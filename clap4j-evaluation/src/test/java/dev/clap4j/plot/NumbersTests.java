package dev.clap4j.plot;

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

    @ParameterizedTest
    @CsvSource({
        "93.44, 99, 93.4",
        "100, 100, 100",
        "2, 50, 2.0",
        "1.2345, 4, 1.23",
        "0.1187, 0.4, 0.119",
        "-0.05, 0.4, -0.050"
    })
    void numbersOfBarsSuitTheLargest(double value, double largest, String text) {
        assertThat(Numbers.brief(value, largest)).isEqualTo(text);
    }
}
