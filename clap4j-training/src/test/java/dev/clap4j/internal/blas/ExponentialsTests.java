package dev.clap4j.internal.blas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ExponentialsTests {
    @Test
    void ordinaryValuesAreRightToARounding() {
        float[] x = new float[17_501];
        for (int i = 0; i < x.length; i++) {
            x[i] = -87 + 0.01f * i;
        }
        float[] exponentials = x.clone();
        Exponentials.replace(exponentials);
        for (int i = 0; i < x.length; i++) {
            double exact = Math.exp(x[i]);
            assertThat((double) exponentials[i]).isCloseTo(exact, within(exact * 0x1p-23));
        }
    }

    @Test
    void extremesStayInBounds() {
        float[] x = {Float.NEGATIVE_INFINITY, -1000, -89, 0, 1000, Float.POSITIVE_INFINITY, Float.NaN};
        Exponentials.replace(x);
        assertThat(x).startsWith(0, 0, 0, 1);
        assertThat(x[4]).isBetween(1e38f, Float.MAX_VALUE);
        assertThat(x[5]).isEqualTo(x[4]);
        assertThat(x[6]).isNaN();
    }
}
