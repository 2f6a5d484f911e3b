package dev.clap4j.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TicksTests {
    private static List<String> labels(double low, double high) {
        Ticks ticks = Ticks.of(new Range(low, high));
        return ticks.values().stream().map(ticks::label).toList();
    }

    @Test
    void numbersAreRound() {
        assertThat(labels(31.5476190476, 33.5476190476))
                .containsExactly("31.75", "32.00", "32.25", "32.50", "32.75", "33.00", "33.25", "33.50");
        assertThat(labels(0, 100)).containsExactly("0", "20", "40", "60", "80", "100");
        assertThat(labels(69.07, 69.37)).containsExactly("69.10", "69.15", "69.20", "69.25", "69.30", "69.35");
        assertThat(labels(-3, 12)).containsExactly("-2", "0", "2", "4", "6", "8", "10", "12");
        assertThat(labels(0.1, 0.3)).startsWith("0.100", "0.125").endsWith("0.300");
        assertThat(labels(0, 4e-6)).contains("1e-6", "4e-6");
        assertThat(labels(0, 3e7)).contains("1e7");
    }

    @Property
    void thereAreSomeWithinTheRangeAndNoneBeyond(
            @ForAll @IntRange(min = -1_000_000, max = 1_000_000) int from,
            @ForAll @IntRange(min = 1, max = 1_000_000) int thousandths) {
        double low = from / 1000.0;
        double length = thousandths / 1000.0;
        Ticks ticks = Ticks.of(new Range(low, low + length));

        assertThat(ticks.values()).hasSizeBetween(3, 9).isSorted();
        assertThat(ticks.values())
                .allMatch(value -> value >= low - 1e-6 * length && value <= low + length + 1e-6 * length);
        assertThat(ticks.values()).map(ticks::label).doesNotHaveDuplicates().allMatch(label -> label.length() <= 11);
    }
}
