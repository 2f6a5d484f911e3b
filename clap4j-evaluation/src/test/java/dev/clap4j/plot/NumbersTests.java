package dev.clap4j.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SortedMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
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

    private static List<String> labels(double low, double high) {
        return List.copyOf(Numbers.ticks(new Range(low, high)).values());
    }

    @Test
    void ticksAreRound() {
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
    void thereAreSomeTicksWithinTheRangeAndNoneBeyond(
            @ForAll @IntRange(min = -1_000_000, max = 1_000_000) int from,
            @ForAll @IntRange(min = 1, max = 1_000_000) int thousandths) {
        double low = from / 1000.0;
        double length = thousandths / 1000.0;
        SortedMap<Double, String> ticks = Numbers.ticks(new Range(low, low + length));

        assertThat(ticks).hasSizeBetween(3, 9);
        assertThat(ticks.keySet())
                .allMatch(value -> value >= low - 1e-6 * length && value <= low + length + 1e-6 * length);
        assertThat(ticks.values()).doesNotHaveDuplicates().allMatch(label -> label.length() <= 11);
    }
}
