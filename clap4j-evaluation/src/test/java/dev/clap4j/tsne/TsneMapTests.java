package dev.clap4j.tsne;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.clap4j.Numbers;
import dev.clap4j.feature.FeatureMatrix;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class TsneMapTests {
    private static final TsneMap MAP = new TsneMap(Blobs.flat(Blobs.points(20)), 1);

    @Property(tries = 30)
    void turnsBackWhatWasTurned(@ForAll @DoubleRange(min = -4, max = 4) double angle, @ForAll boolean mirrored) {
        float[] values = MAP.places().values();
        float[] turned = new float[values.length];
        for (int i = 0; i < values.length; i += 2) {
            double y = mirrored ? -values[i + 1] : values[i + 1];
            turned[i] = (float) (Math.cos(angle) * values[i] - Math.sin(angle) * y);
            turned[i + 1] = (float) (Math.sin(angle) * values[i] + Math.cos(angle) * y);
        }
        TsneMap other = new TsneMap(new FeatureMatrix(MAP.places().ids(), 2, turned), 2);

        Numbers.assertClose(other.turnedTowards(MAP).places().values(), values, 1e-5);
    }

    @Test
    void mapsOfOtherThingsDoNotCompare() {
        TsneMap other = new TsneMap(Blobs.flat(Blobs.points(21)), 1);

        assertThatIllegalArgumentException().isThrownBy(() -> other.turnedTowards(MAP));
    }
}
