package dev.clap4j.experiment.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clap4j.experiment.statistics.Difference.Over;
import dev.clap4j.experiment.statistics.Difference.Scale;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DifferenceTests {
    private static final Scale MORE = new Scale(true, 1);
    private static final Scale LESS = new Scale(false, 1);

    private static String runs(Scale scale, Double... differences) {
        return Difference.over(Over.RUNS, List.of(differences), scale).words();
    }

    /** The 97.5 % points of the usual tables. */
    @ParameterizedTest
    @CsvSource({
        "1, 12.7062",
        "2, 4.3027",
        "3, 3.1824",
        "4, 2.7764",
        "5, 2.5706",
        "9, 2.2622",
        "10, 2.2281",
        "29, 2.0452",
        "30, 2.0423",
        "120, 1.9799",
        "1000, 1.9623"
    })
    void studentsTableIsRight(int degrees, double bound) {
        assertThat(Interval.studentT(0.95, degrees)).isCloseTo(bound, within(5e-5));
    }

    /** Mean 0.5, sample deviation √0.07/…: 0.2, 0.5 and 0.8 give 0.3; ± 4.3027 · 0.3 / √3. */
    @Test
    void threeRunsHaveStudentsInterval() {
        Interval interval = Interval.ofMean(List.of(0.2, 0.5, 0.8)).orElseThrow();

        assertThat(interval.low()).isCloseTo(0.5 - 4.3027 * 0.3 / Math.sqrt(3), within(1e-4));
        assertThat(interval.high()).isCloseTo(0.5 + 4.3027 * 0.3 / Math.sqrt(3), within(1e-4));
        assertThat(Interval.ofMean(List.of(0.2, 0.5))).isEqualTo(Optional.empty());
    }

    @Test
    void betterAndWorseAreMoreThanChance() {
        assertThat(runs(MORE, 1.0, 1.1, 1.2)).isEqualTo("better");
        assertThat(runs(MORE, -1.0, -1.1, -1.2)).isEqualTo("worse");
        assertThat(runs(LESS, -1.0, -1.1, -1.2)).isEqualTo("better");
        assertThat(runs(LESS, 1.0, 1.1, 1.2)).isEqualTo("worse");
        assertThat(runs(MORE, 0.1, 1.0, 3.0))
                .as("better in every run, but not by more than runs differ")
                .isEqualTo("within noise");
    }

    @Test
    void whatShowsNoDifferenceIsTheSame() {
        assertThat(runs(MORE, 0.0, 0.0, 0.0)).isEqualTo("same");
        assertThat(runs(MORE, 0.0)).isEqualTo("same");
        assertThat(runs(MORE, 0.004, 0.004, 0.0045)).isEqualTo("same");
        assertThat(runs(new Scale(true, 0.01), 0.004, 0.004, 0.0041))
                .as("a silhouette has a third decimal")
                .isEqualTo("better");
    }

    @Test
    void fewRunsTellNothing() {
        assertThat(runs(MORE, 5.0)).isEqualTo("one run: no interval");
        assertThat(runs(MORE, 5.0, 6.0)).isEqualTo("two runs: no interval");
        assertThat(Difference.over(Over.HEADS, List.of(5.0), MORE).words()).isEqualTo("one head: no interval");
    }

    @Test
    void onTheSamePicturesTheIntervalDecides() {
        assertThat(Difference.onPictures(-0.3, new Interval(-0.97, 0.32), 1848, MORE)
                        .words())
                .isEqualTo("within noise");
        assertThat(Difference.onPictures(1, new Interval(0.4, 1.6), 1848, MORE).words())
                .isEqualTo("better");
        assertThat(Difference.onPictures(1, new Interval(0.4, 1.6), 1848, LESS).words())
                .isEqualTo("worse");
        assertThat(Difference.onPictures(0.004, new Interval(-1, 1), 1848, MORE).words())
                .isEqualTo("same");
    }
}
