package dev.clap4j.tsne;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clap4j.feature.FeatureMatrix;
import java.util.Collections;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PrincipalPlaneTests {
    /** Points of an ellipse that lies along two known directions at right angles, and a little beside them. */
    @Test
    void findsTheDirectionsOfMostSpread() {
        double[] longer = {0.6, 0, 0.8, 0};
        double[] shorter = {-0.8, 0, 0.6, 0};
        int count = 40;
        float[] values = new float[count * 4];
        double[] along = new double[count];
        double[] across = new double[count];
        for (int i = 0; i < count; i++) {
            double angle = 2 * Math.PI * i / count;
            along[i] = 3 * Math.cos(angle);
            across[i] = 2 * Math.sin(angle);
            for (int j = 0; j < 4; j++) {
                values[i * 4 + j] = (float) (7 + along[i] * longer[j] + across[i] * shorter[j]);
            }
            values[i * 4 + 1] += 0.1f * (i % 2);
        }
        FeatureMatrix points = new FeatureMatrix(Collections.nCopies(count, ""), 4, values);

        double[] places = PrincipalPlane.of(points, new Random(3));

        double signX = Math.signum(places[0] * along[0]);
        double signY = Math.signum(places[2 * 5 + 1] * across[5]);
        for (int i = 0; i < count; i++) {
            assertThat(signX * places[2 * i]).isCloseTo(along[i], within(1e-4));
            assertThat(signY * places[2 * i + 1]).isCloseTo(across[i], within(1e-4));
        }
    }

    @Test
    void aLineHasNoSecondDirection() {
        FeatureMatrix line = new FeatureMatrix(Collections.nCopies(3, ""), 1, new float[] {1, 2, 6});

        double[] places = PrincipalPlane.of(line, new Random(1));

        assertThat(Math.abs(places[4])).isCloseTo(3, within(1e-6));
        assertThat(places[1]).isZero();
        assertThat(places[5]).isZero();
    }
}
