package dev.clap4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassificationTests {
    private static final Prediction DOG = new Prediction("dog", 0.3f, 0.75f);
    private static final Prediction CAT = new Prediction("cat", 0.2f, 0.25f);
    private static final Classification IMAGE = new Classification("1.jpg", List.of(DOG, CAT));

    @Test
    void aThresholdAllowsForNoneOfTheClasses() {
        assertThat(IMAGE.best()).isEqualTo(DOG);
        assertThat(IMAGE.best(0.75)).contains(DOG);
        assertThat(IMAGE.best(0.76)).isEmpty();
        assertThat(IMAGE.best(0)).contains(DOG);
        assertThat(IMAGE.top(2, 0.25)).containsExactly(DOG, CAT);
        assertThat(IMAGE.top(1, 0.25)).containsExactly(DOG);
        assertThat(IMAGE.top(2, 0.26)).containsExactly(DOG);
        assertThat(IMAGE.top(2, 1)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, 75, Double.NaN})
    void aThresholdIsAProbability(double threshold) {
        assertThatExceptionOfType(ClapException.class)
                .isThrownBy(() -> IMAGE.best(threshold))
                .withMessage("The threshold is a probability from 0 to 1, not " + threshold);
    }

    @Test
    void thereIsABestClass() {
        assertThatExceptionOfType(ClapException.class)
                .isThrownBy(() -> IMAGE.top(0))
                .withMessage("The number of best classes should be at least 1, not 0");
    }
}
