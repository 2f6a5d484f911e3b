package dev.clap4j.synthesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaceTests {
    private static final long SLOW = 2_000_000_000;

    private final List<String> told = new ArrayList<>();

    @Test
    void namesSlowPicturesAndForecastsOnce() {
        Pace pace = Pace.begin(100, 2, told::add);
        pace.finished("a/b/0.png", SLOW);
        pace.finished("a/c/0.png", SLOW);
        pace.finished("a/d/0.png", SLOW);
        assertThat(told).hasSize(4).startsWith("a/b/0.png", "a/c/0.png").endsWith("a/d/0.png");
        assertThat(told.get(2)).matches("the other 98 pictures will take about \\d+ s, at 0\\.\\d\\d s each");
    }

    @Test
    void saysNothingOfFastPictures() {
        Pace pace = Pace.begin(100, 1, told::add);
        pace.finished("a/b/0.png", 1_000_000);
        assertThat(told).isEmpty();
    }

    @Test
    void forecastsNothingWhenNothingIsLeft() {
        Pace.begin(1, 1, told::add).finished("a/b/0.png", SLOW);
        assertThat(told).containsExactly("a/b/0.png");
    }
}
