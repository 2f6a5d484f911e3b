package dev.clap4j.experiment.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PairedBootstrapTests {
    @Test
    void anImageCountsWhereOneMethodAloneIsRight() {
        assertThat(PairedBootstrap.differences(new int[] {1, 1, 2, 2}, new int[] {1, 2, 1, 3}, new int[] {1, 2, 2, 9}))
                .containsExactly(0, 1, -1, 0);
    }

    /** For a mean of many independent terms the interval is that of the normal distribution, ± 1.96 standard errors. */
    @Test
    void agreesWithTheNormalInterval() {
        double[] large = IntStream.range(0, 1000)
                .mapToDouble(i -> i % 10 < 2 ? 1 : i % 10 < 3 ? -1 : 0)
                .toArray();
        double[] small = IntStream.range(0, 250).mapToDouble(i -> i % 2).toArray();

        Interval interval = PairedBootstrap.interval(List.of(large, small), 20_000, 4);

        // Means 0.1 and 0.5; variances 0.29 and 0.25.
        double error = 100 * Math.sqrt(0.29 / 1000 + 0.25 / 250) / 2;
        assertThat(interval.low()).isCloseTo(30 - 1.96 * error, within(0.1));
        assertThat(interval.high()).isCloseTo(30 + 1.96 * error, within(0.1));
        assertThat(interval.excludesZero()).isTrue();
    }

    @Test
    void theSeedDecides() {
        List<double[]> differences = List.of(new double[] {1, 0, -1, 0, 0, 1, -1, 0});

        Interval first = PairedBootstrap.interval(differences, 101, 1);

        assertThat(PairedBootstrap.interval(differences, 101, 1)).isEqualTo(first);
        assertThat(PairedBootstrap.interval(differences, 101, 2)).isNotEqualTo(first);
        assertThat(first.excludesZero()).isFalse();
    }
}
