package dev.clap4j.tsne;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clap4j.feature.FeatureMatrix;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class ClusterQualityTests {
    private static FeatureMatrix line(float... values) {
        return new FeatureMatrix(Collections.nCopies(values.length, ""), 1, values);
    }

    @Test
    void byHand() {
        // Classes {0, 2} and {5, 9}. Silhouettes: 0: (7 − 2) / 7, 2: (5 − 2) / 5, 5: (4 − 4) / 4, 9: (8 − 4) / 8.
        FeatureMatrix points = line(0, 2, 5, 9);
        int[] labels = {0, 0, 1, 1};

        assertThat(ClusterQuality.of(points, labels).silhouette())
                .isCloseTo((5 / 7.0 + 3 / 5.0 + 0 + 4 / 8.0) / 4, within(1e-12));
        // Middles 1 and 7, mean distances to them 1 and 2: both classes' worst is (1 + 2) / 6.
        assertThat(ClusterQuality.of(points, labels).daviesBouldin()).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void onePointAloneIsNeitherInNorOut() {
        // 0: (7 − 1) / 7, 1: (6 − 1) / 6, and 7 alone; labels may leave out a number.
        assertThat(ClusterQuality.of(line(0, 1, 7), new int[] {2, 2, 0}).silhouette())
                .isCloseTo((6 / 7.0 + 5 / 6.0 + 0) / 3, within(1e-12));
        // Mean distances 0.5 and 0, middles 6.5 apart, for each of two classes.
        assertThat(ClusterQuality.of(line(0, 1, 7), new int[] {2, 2, 0}).daviesBouldin())
                .isCloseTo(0.5 / 6.5, within(1e-12));
    }

    @Test
    void equalPointsDoNotStandApart() {
        assertThat(ClusterQuality.of(line(3, 3, 3, 3), new int[] {0, 0, 1, 1}).silhouette())
                .isZero();
        assertThat(ClusterQuality.of(line(3, 3, 3, 3), new int[] {0, 0, 1, 1}).daviesBouldin())
                .isZero();
        assertThat(ClusterQuality.of(line(0, 2, 0, 2), new int[] {0, 0, 1, 1}).daviesBouldin())
                .isInfinite();
    }

    @Test
    void asTheReferenceComputesThem() {
        FeatureMatrix points = Blobs.points(300);
        int[] labels = Blobs.labels(300);

        ClusterQuality features = ClusterQuality.of(points, labels);
        ClusterQuality map = ClusterQuality.of(Blobs.flat(points), labels);

        JsonNode expected = Blobs.reference().get("fixed");
        assertThat(features.silhouette()).isCloseTo(expected.get("silhouette").asDouble(), within(1e-6));
        assertThat(map.silhouette()).isCloseTo(expected.get("silhouetteOfMap").asDouble(), within(1e-6));
        assertThat(features.daviesBouldin())
                .isCloseTo(expected.get("daviesBouldin").asDouble(), within(1e-6));
        assertThat(map.daviesBouldin())
                .isCloseTo(expected.get("daviesBouldinOfMap").asDouble(), within(1e-6));
    }

    @Test
    void thereAreTwoClassesAndALabelForEachPoint() {
        assertThatIllegalArgumentException().isThrownBy(() -> ClusterQuality.of(line(1, 2), new int[] {1, 1}));
        assertThatIllegalArgumentException().isThrownBy(() -> ClusterQuality.of(line(1, 2), new int[] {0}));
    }
}
