package dev.clap4j.tsne;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clap4j.Numbers;
import dev.clap4j.feature.FeatureMatrix;
import java.util.Collections;
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

    private static FeatureMatrix line(float... values) {
        return new FeatureMatrix(Collections.nCopies(values.length, ""), 1, values);
    }

    @Test
    void trustworthinessByHand() {
        // Each point's nearest on the map, and its rank among the true neighbours; what is above 1 counts.
        FeatureMatrix points = line(0, 1, 3, 7, 15);
        FeatureMatrix map = line(0, 15, 7, 3, 1);
        // By number: 0 → 4 (rank 4), 1 → 2 (rank 2), 2 → 3 (rank 3), 3 → 4 (rank 4), 4 → 0 (rank 4).
        double intrusion = 3 + 1 + 2 + 3 + 3;

        assertThat(new TsneMap(map, 0).trustworthiness(points, 1))
                .isCloseTo(1 - 2.0 / (5 * (2 * 5 - 3 - 1)) * intrusion, within(1e-12));
    }

    @Test
    void whatIsDrawnAsItIsCanBeTrusted() {
        FeatureMatrix points = Blobs.points(100);

        assertThat(new TsneMap(points, 0).trustworthiness(points, 10)).isEqualTo(1);
    }

    @Test
    void trustworthinessIsTheReferences() {
        FeatureMatrix points = Blobs.points(300);
        JsonNode expected = Blobs.reference().get("fixed");
        TsneMap map = new TsneMap(Blobs.flat(points), 0);

        assertThat(map.trustworthiness(points, 5))
                .isCloseTo(expected.get("trustworthiness5").asDouble(), within(1e-9));
        assertThat(map.trustworthiness(points, 12))
                .isCloseTo(expected.get("trustworthiness12").asDouble(), within(1e-9));
    }

    @Test
    void neighboursAreFewerThanHalf() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TsneMap(line(1, 2, 3, 4), 0).trustworthiness(line(1, 2, 3, 4), 2));
    }
}
