package dev.clap4j.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Work whose time is known, so that nothing here depends on the machine. */
class UnitCostTests {
    private final List<Integer> goes = new ArrayList<>();

    private double slope(int most, IntToDoubleFunction seconds) {
        return UnitCost.slope(8, most, count -> {
            goes.add(count);
            return seconds.applyAsDouble(count);
        });
    }

    @Test
    void whatEveryGoCostsIsNotCounted() {
        assertThat(slope(1 << 20, count -> 0.1 + 0.001 * count)).isCloseTo(0.001, within(1e-9));
    }

    @Test
    void whatOnlyTheFirstGoCostsIsNotCounted() {
        assertThat(slope(1 << 20, count -> (goes.size() == 1 ? 60 : 0) + 0.001 * count))
                .isCloseTo(0.001, within(1e-9));
    }

    @Test
    void goesGrowUntilOneIsLongEnough() {
        slope(1 << 20, count -> 0.01 * count);
        assertThat(goes).containsExactly(8, 8, 16, 32, 64, 128);
    }

    @Test
    void slowWorkIsNotDoneMoreThanTwice() {
        assertThat(slope(1 << 20, count -> 2.0 * count)).isEqualTo(2);
        assertThat(goes).containsExactly(8, 8);
    }

    @Test
    void noMoreIsDoneThanThereIs() {
        slope(20, count -> 0.001);
        assertThat(goes).containsExactly(8, 8, 16, 20);
        goes.clear();
        assertThat(slope(3, count -> 0.3)).isCloseTo(0.1, within(1e-9));
        assertThat(goes).containsExactly(3, 3);
    }

    /** Twice as much took no longer, or five times as long. */
    @Test
    void aBusyMachineDoesNotMakeItAbsurd() {
        assertThat(slope(16, count -> 0.16))
                .as("half of what one took on average")
                .isCloseTo(0.005, within(1e-9));
        assertThat(slope(16, count -> count == 8 ? 0.032 : 0.16))
                .as("the average")
                .isCloseTo(0.01, within(1e-9));
    }
}
