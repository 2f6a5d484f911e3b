package dev.clap4j.internal.diffusion.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GaussianNoiseTests {
    private static final int COUNT = 400_000;

    /** Five standard errors of each figure. */
    @Test
    void numbers_are_standard_normal() {
        float[] values = new GaussianNoise(1, COUNT).next();
        double error = 5 / Math.sqrt(COUNT);

        assertThat(moment(values, 1)).isCloseTo(0, within(error));
        assertThat(moment(values, 2)).isCloseTo(1, within(error * Math.sqrt(2)));
        assertThat(moment(values, 3)).isCloseTo(0, within(error * Math.sqrt(15)));
        assertThat(moment(values, 4)).isCloseTo(3, within(error * Math.sqrt(96)));
        assertThat(share(values, 1)).isCloseTo(0.841345, within(error / 2));
        assertThat(share(values, -2)).isCloseTo(0.022750, within(error / 2));
        assertThat(share(values, 3)).isCloseTo(0.998650, within(error / 2));
    }

    private static double moment(float[] values, int power) {
        double sum = 0;
        for (float value : values) {
            sum += Math.pow(value, power);
        }
        return sum / values.length;
    }

    private static double share(float[] values, double limit) {
        int below = 0;
        for (float value : values) {
            below += value < limit ? 1 : 0;
        }
        return (double) below / values.length;
    }

    @Test
    void neighbours_and_seeds_are_independent() {
        float[] values = new GaussianNoise(1, COUNT).next();
        float[] others = new GaussianNoise(2, COUNT).next();
        double pairs = 0;
        double next = 0;
        for (int i = 1; i < COUNT; i++) {
            pairs += values[i] * others[i];
            next += values[i] * values[i - 1];
        }

        assertThat(pairs / COUNT).isCloseTo(0, within(5 / Math.sqrt(COUNT)));
        assertThat(next / COUNT).isCloseTo(0, within(5 / Math.sqrt(COUNT)));
    }

    @Test
    void a_seed_gives_the_same_numbers_whatever_their_portions() {
        float[] whole = new GaussianNoise(7, 30).next();
        GaussianNoise noise = new GaussianNoise(7, 5);
        for (int i = 0; i < 6; i++) {
            assertThat(noise.next()).isEqualTo(Arrays.copyOfRange(whole, 5 * i, 5 * i + 5));
        }
    }
}
