package dev.clap4j.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationsTests {
    @ParameterizedTest
    @CsvSource({"0, 0 s, 0.00 s", "0.4, 0 s, 0.40 s", "8.25, 8 s, 8.3 s", "25, 25 s, 25 s", "90, 2 min, 2 min"})
    @CsvSource({"7199, 120 min, 120 min", "9000, 2.5 h, 2.5 h"})
    void areShort(double seconds, String words, String ofStep) {
        assertThat(Durations.words(seconds)).isEqualTo(words);
        assertThat(Durations.ofStep(seconds)).isEqualTo(ofStep);
    }
}
