package dev.clap4j.internal.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.internal.io.TensorData;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class QuantisedWeightTests {
    /** Rounding to the nearest multiple of a scale is off by half of it; 2⁻²⁰ more for the arithmetic in floats. */
    @Property(tries = 50)
    void noWeightIsOffByMoreThanHalfAScale(
            @ForAll @IntRange(min = 1, max = 9) int out,
            @ForAll @IntRange(min = 1, max = 40) int in,
            @ForAll @IntRange(min = -30, max = 30) int exponent,
            @ForAll long seed) {
        Random random = new Random(seed);
        float[] weight = new float[out * in];
        for (int i = 0; i < weight.length; i++) {
            // Every output has its own magnitude, which one scale for all could not follow.
            weight[i] = (float) random.nextGaussian() * Math.scalb(1f, exponent + 3 * (i / in));
        }
        QuantisedWeight quantised = QuantisedWeight.of(TensorData.of("w", weight, out, in));
        float[] scales = quantised.scales().toFloats();
        long[] values = quantised.values().toLongs();
        assertThat(quantised.values().shape()).containsExactly(in, out);
        for (int o = 0; o < out; o++) {
            long largest = 0;
            for (int i = 0; i < in; i++) {
                long value = values[i * out + o];
                largest = Math.max(largest, Math.abs(value));
                assertThat(Math.abs(weight[o * in + i] - value * (double) scales[o]))
                        .isLessThanOrEqualTo(scales[o] * (0.5 + Math.scalb(1.0, -20)));
            }
            assertThat(largest).as("the largest value of output %s", o).isEqualTo(127);
        }
    }

    @Test
    void integersTimesAScaleComeBackAsTheyWere() {
        float[] weight = {-127, 5, 0, 12.7f, -0.1f, 3};
        QuantisedWeight quantised = QuantisedWeight.of(TensorData.of("w", weight, 2, 3));
        assertThat(quantised.scales().toFloats()).containsExactly(1, 12.7f / 127);
        assertThat(quantised.values().toLongs()).containsExactly(-127, 127, 5, -1, 0, 30);
    }

    @Test
    void zerosAndTheSmallestNumbersStayFinite() {
        float[] weight = {0, 0, 190 * Float.MIN_VALUE, -Float.MIN_VALUE};
        QuantisedWeight quantised = QuantisedWeight.of(TensorData.of("w", weight, 2, 2));
        assertThat(quantised.values().toLongs()).containsExactly(0, 127, 0, -1);
        assertThat(quantised.scales().toFloats()).containsExactly(0, Float.MIN_VALUE);
    }
}
