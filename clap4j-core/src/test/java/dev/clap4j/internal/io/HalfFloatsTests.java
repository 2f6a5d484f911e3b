package dev.clap4j.internal.io;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class HalfFloatsTests {
    @Test
    void everyHalfSurvivesTheWayThroughFloat() {
        for (int bits = 0; bits <= 0xFFFF; bits++) {
            float value = HalfFloats.fromHalf((short) bits);
            if (Float.isNaN(value)) {
                assertThat(HalfFloats.fromHalf(HalfFloats.toHalf(value))).isNaN();
            } else {
                assertThat(HalfFloats.toHalf(value)).isEqualTo((short) bits);
            }
        }
    }

    @Property
    void roundingGoesToTheNearestAndTiesToEven(@ForAll float value) {
        short half = HalfFloats.toHalf(value);
        double rounded = HalfFloats.fromHalf(half);
        if (Math.abs(value) >= 65520) {
            assertThat(rounded).isEqualTo(Math.copySign(Double.POSITIVE_INFINITY, value));
            return;
        }
        double below = HalfFloats.fromHalf((short) (half - 1));
        double above = HalfFloats.fromHalf((short) (half + 1));
        double distance = Math.abs(value - rounded);
        for (double neighbour : new double[] {below, above}) {
            boolean sameSign = Math.signum(neighbour) * Math.signum(rounded) >= 0 && !Double.isNaN(neighbour);
            if (sameSign) {
                assertThat(distance).isLessThanOrEqualTo(Math.abs(value - neighbour));
                boolean tie = distance > 0 && distance == Math.abs(value - neighbour);
                assertThat(!tie || (half & 1) == 0).isTrue();
            }
        }
    }
}
