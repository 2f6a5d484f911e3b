package dev.clap4j.internal.diffusion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;

/** Largest values and differences of tensors, for tolerances. */
public final class Differences {
    private Differences() {}

    /** The largest absolute value. */
    public static double largest(float[] values) {
        return IntStream.range(0, values.length)
                .mapToDouble(i -> Math.abs(values[i]))
                .max()
                .orElse(0);
    }

    /** The largest absolute difference of tensors of the same size. */
    public static double difference(float[] values, float[] expected) {
        assertThat(values).hasSameSizeAs(expected);
        return IntStream.range(0, values.length)
                .mapToDouble(i -> Math.abs((double) values[i] - expected[i]))
                .max()
                .orElse(0);
    }
}
