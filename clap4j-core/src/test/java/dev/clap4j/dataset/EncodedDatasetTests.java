package dev.clap4j.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.clap4j.feature.FeatureMatrix;
import java.util.List;
import org.junit.jupiter.api.Test;

class EncodedDatasetTests {
    private final EncodedDataset data = RandomData.of(4, 3, 5, 6, 1);

    @Test
    void featuresFallIntoDomains() {
        FeatureMatrix all = FeatureMatrix.concat(data.images());

        assertThat(EncodedDataset.of(data.dataset(), all)).isEqualTo(data);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EncodedDataset(
                        data.dataset(),
                        List.of(all, data.images().get(1), data.images().get(2))))
                .withMessage("The features of d0 are not as many as its images");
    }

    @Test
    void thinnedDataKeepsImagesAndFeaturesTogether() {
        EncodedDataset thin = data.thin(24);

        assertThat(thin.dataset().size()).isEqualTo(24);
        for (int d = 0; d < 3; d++) {
            Domain domain = thin.dataset().domains().get(d);
            assertThat(domain.labels()).containsExactly(0, 0, 1, 1, 2, 2, 3, 3);
            for (int i = 0; i < 8; i++) {
                int place = data.dataset()
                        .domains()
                        .get(d)
                        .images()
                        .indexOf(domain.images().get(i));
                assertThat(thin.images().get(d).row(i))
                        .isEqualTo(data.images().get(d).row(place));
            }
        }
        assertThat(data.thin(60)).isSameAs(data);
    }
}
