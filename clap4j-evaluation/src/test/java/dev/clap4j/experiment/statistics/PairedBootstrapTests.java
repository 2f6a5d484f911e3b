package dev.clap4j.experiment.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clap4j.experiment.statistics.Difference.Scale;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PairedBootstrapTests {
    private static final Scale MORE = new Scale(true, 1);

    /** For a mean of many independent terms the interval is that of the normal distribution, ± 1.96 standard errors. */
    @Test
    void agreesWithTheNormalInterval() {
        double[] large = IntStream.range(0, 1000)
                .mapToDouble(i -> i % 10 < 2 ? 1 : i % 10 < 3 ? -1 : 0)
                .toArray();
        double[] small = IntStream.range(0, 250).mapToDouble(i -> i % 2).toArray();

        Interval interval = PairedBootstrap.interval(List.of(large, small), 1, means -> means[0], 20_000, 4);

        // Means 0.1 and 0.5; variances 0.29 and 0.25.
        double error = 100 * Math.sqrt(0.29 / 1000 + 0.25 / 250) / 2;
        assertThat(interval.low()).isCloseTo(30 - 1.96 * error, within(0.1));
        assertThat(interval.high()).isCloseTo(30 + 1.96 * error, within(0.1));
        assertThat(interval.excludesZero()).isTrue();
    }

    @Test
    void theSeedDecides() {
        List<double[]> differences = List.of(new double[] {1, 0, -1, 0, 0, 1, -1, 0});

        Interval first = interval(differences, 1);

        assertThat(interval(differences, 1)).isEqualTo(first);
        assertThat(interval(differences, 2)).isNotEqualTo(first);
        assertThat(first.excludesZero()).isFalse();
    }

    private static Interval interval(List<double[]> differences, long seed) {
        return PairedBootstrap.interval(differences, 1, means -> means[0], 101, seed);
    }

    /** Two methods are averaged: of four images each is wrong on another one where the baseline is right on none. */
    @Test
    void theMeanOfSeveralMethodsIsComparedWithTheFirst() {
        List<List<double[]>> none = List.of(List.of(new double[4]));
        List<List<List<double[]>>> answers =
                List.of(none, List.of(List.of(new double[] {1, 1, 1, 0})), List.of(List.of(new double[] {0, 1, 1, 1})));

        assertThat(PairedBootstrap.difference(answers, 1, own -> own.get(0), MORE, 0)
                        .value())
                .isEqualTo(75);
        assertThat(PairedBootstrap.difference(List.of(none, none), 1, own -> own.get(0), MORE, 0)
                        .words())
                .isEqualTo("same");
    }
}
