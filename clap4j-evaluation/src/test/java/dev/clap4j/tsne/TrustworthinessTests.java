package dev.clap4j.tsne;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clap4j.feature.FeatureMatrix;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class TrustworthinessTests {
    private static FeatureMatrix line(float... values) {
        return new FeatureMatrix(Collections.nCopies(values.length, ""), 1, values);
    }

    @Test
    void byHand() {
        // Each point's nearest on the map, and its rank among the true neighbours; what is above 1 counts.
        FeatureMatrix points = line(0, 1, 3, 7, 15);
        FeatureMatrix map = line(0, 15, 7, 3, 1);
        // By number: 0 → 4 (rank 4), 1 → 2 (rank 2), 2 → 3 (rank 3), 3 → 4 (rank 4), 4 → 0 (rank 4).
        double intrusion = 3 + 1 + 2 + 3 + 3;

        assertThat(Trustworthiness.of(points, map, 1))
                .isCloseTo(1 - 2.0 / (5 * (2 * 5 - 3 - 1)) * intrusion, within(1e-12));
    }

    @Test
    void whatIsDrawnAsItIsCanBeTrusted() {
        FeatureMatrix points = Blobs.points(100);

        assertThat(Trustworthiness.of(points, points, 10)).isEqualTo(1);
    }

    @Test
    void asTheReferenceComputesIt() {
        FeatureMatrix points = Blobs.points(300);
        JsonNode expected = Blobs.reference().get("fixed");

        assertThat(Trustworthiness.of(points, Blobs.flat(points), 5))
                .isCloseTo(expected.get("trustworthiness5").asDouble(), within(1e-9));
        assertThat(Trustworthiness.of(points, Blobs.flat(points), 12))
                .isCloseTo(expected.get("trustworthiness12").asDouble(), within(1e-9));
    }

    @Test
    void neighboursAreFewerThanHalf() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Trustworthiness.of(line(1, 2, 3, 4), line(1, 2, 3, 4), 2));
    }
}
