package dev.clap4j.internal.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlphaChoiceTests {
    @Test
    void readsAValueAListOrAuto() {
        assertThat(AlphaChoice.parse("0.2").values()).containsExactly(0.2f);
        assertThat(AlphaChoice.parse("0, 0.1,1e0").values()).containsExactly(0f, 0.1f, 1f);
        assertThat(AlphaChoice.parse("Auto").isAuto()).isTrue();
        assertThat(AlphaChoice.parse("0").isAuto()).isFalse();
        assertThat(AlphaChoice.parse("-0").values()).containsExactly(0f);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-0.1", "much", "0.1,,0.2", "NaN", "Infinity"})
    void refusesWhatIsNoStrength(String text) {
        assertThatThrownBy(() -> AlphaChoice.parse(text))
                .isInstanceOf(ClapException.class)
                .hasMessage("\"" + text + "\" is no alpha; write a number from 0 on, such as 0.2, several with commas"
                        + " between them, or auto");
    }

    @Test
    void refusesMoreThanCanBeCompared() {
        String text = IntStream.rangeClosed(0, AlphaChoice.MOST)
                .mapToObj(String::valueOf)
                .collect(Collectors.joining(","));
        assertThatThrownBy(() -> AlphaChoice.parse(text))
                .isInstanceOf(ClapException.class)
                .hasMessage("There should be at most 200 values of alpha, but are 201");
    }

    @Test
    void refusesAStrengthTwice() {
        assertThatThrownBy(() -> AlphaChoice.parse("0.1,0.10"))
                .isInstanceOf(ClapException.class)
                .hasMessage("The alpha 0.10 is given twice in \"0.1,0.10\"");
    }
}
