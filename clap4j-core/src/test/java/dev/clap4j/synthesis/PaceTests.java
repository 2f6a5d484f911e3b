package dev.clap4j.synthesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaceTests {
    private static final long SECOND = 1_000_000_000;

    private final List<String> told = new ArrayList<>();
    private long now;

    private Pace pace(int pictures, int atOnce) {
        return Pace.begin(pictures, atOnce, told::add, () -> now);
    }

    @Test
    void namesSlowPicturesAndForecastsAfterTheFirstOnes() {
        Pace pace = pace(481, 2);
        for (String name : List.of("a/b/0.png", "a/c/0.png", "a/d/0.png")) {
            now += 4 * SECOND;
            pace.finished(name, 8 * SECOND);
        }
        assertThat(told)
                .containsExactly(
                        "a/b/0.png",
                        "a/c/0.png",
                        "the other 479 pictures will take about 32 min, at 4.0 s each",
                        "a/d/0.png");
    }

    @Test
    void forecastsWhatIsLong() {
        now += SECOND;
        Pace slow = pace(2, 1);
        now += 100 * SECOND;
        slow.finished("a/b/0.png", 100 * SECOND);
        assertThat(told).endsWith("the other picture will take about 2 min, at 2 min each");
        Pace quick = pace(10, 1);
        now += 3 * SECOND;
        quick.finished("a/b/1.png", 3 * SECOND);
        assertThat(told).endsWith("a/b/1.png");
    }

    @Test
    void saysNothingOfFastPictures() {
        pace(100_000, 1).finished("a/b/0.png", SECOND / 1000);
        assertThat(told).isEmpty();
    }

    @Test
    void forecastsNothingWhenNothingIsLeft() {
        Pace pace = pace(1, 1);
        now += 1000 * SECOND;
        pace.finished("a/b/0.png", 1000 * SECOND);
        assertThat(told).containsExactly("a/b/0.png");
    }
}
