package dev.clap4j.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.clap4j.dataset.Dataset;
import dev.clap4j.dataset.EncodedDataset;
import dev.clap4j.dataset.RandomData;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.training.probe.LinearProbe;
import dev.clap4j.training.probe.ProbeOptions;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FewShotProtocolTests {
    private static final ProbeOptions QUICK = ProbeOptions.OFFICIAL.withEpochs(40, 10);

    private final EncodedDataset data = RandomData.of(5, 3, 6, 12, 1.5);
    private final FewShotProtocol protocol = new FewShotProtocol(data, QUICK);

    @Test
    void soManyImagesOfEachClassInEachDomain() {
        FewShotSupport support = FewShotSupport.draw(data.dataset(), 2, 1);

        assertThat(support.rows()).hasSize(3);
        for (int d = 0; d < 3; d++) {
            int[] labels = data.dataset().domains().get(d).labels();
            int[] chosen =
                    IntStream.of(support.rows().get(d)).map(i -> labels[i]).toArray();
            assertThat(chosen).containsExactly(0, 0, 1, 1, 2, 2, 3, 3, 4, 4);
            assertThat(support.rows().get(d)).doesNotHaveDuplicates();
        }
        assertThat(FewShotSupport.draw(data.dataset(), 99, 1).rows().get(0)).hasSize(30);
        assertThatIllegalArgumentException().isThrownBy(() -> FewShotSupport.draw(data.dataset(), 0, 1));
    }

    @Test
    void theSeedDecidesAndMoreShotsHoldThoseOfFewer() {
        List<int[]> two = FewShotSupport.draw(data.dataset(), 2, 7).rows();
        List<int[]> four = FewShotSupport.draw(data.dataset(), 4, 7).rows();

        assertThat(FewShotSupport.draw(data.dataset(), 2, 7).rows().get(0)).isEqualTo(two.get(0));
        assertThat(FewShotSupport.draw(data.dataset(), 2, 8).rows().get(0)).isNotEqualTo(two.get(0));
        assertThat(two.get(0)).isNotEqualTo(two.get(1));
        for (int d = 0; d < 3; d++) {
            assertThat(four.get(d)).contains(two.get(d));
        }
        Dataset alone = new Dataset(
                data.dataset().root(),
                data.dataset().classes(),
                List.of(data.dataset().domains().get(1)));
        assertThat(FewShotSupport.draw(alone, 2, 7).rows().get(0)).isEqualTo(two.get(1));
    }

    @Test
    void everyImageIsDrawnAboutAsOften() {
        int[] counts = new int[30];
        for (int seed = 0; seed < 600; seed++) {
            for (int row : FewShotSupport.draw(data.dataset(), 1, seed).rows().get(0)) {
                counts[row]++;
            }
        }
        // A binomial of 600 and 1/6 has mean 100 and deviation 9.1; these are more than five of them.
        assertThat(Arrays.stream(counts).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(50, 150));
    }

    /** The same figures, counted image by image from probes trained here. */
    @Test
    void figuresAreThoseOfProbesTrainedOneByOne() {
        FewShotSupport support = FewShotSupport.draw(data.dataset(), 1, 3);

        FewShotResult result = protocol.run(Method.CLIP, 1, 3);

        for (int d = 0; d < 3; d++) {
            int[] rows = support.rows().get(d);
            int[] labels = data.dataset().domains().get(d).labels();
            FeatureMatrix few = data.images().get(d).select(rows);
            int[] fewLabels = Arrays.stream(rows).map(i -> labels[i]).toArray();
            LinearProbe probe = LinearProbe.train(few, fewLabels, 5, QUICK, 3);
            double[] accuracy = new double[3];
            double rest = 0;
            Set<Integer> seen = new HashSet<>();
            Arrays.stream(rows).forEach(seen::add);
            for (int other = 0; other < 3; other++) {
                for (int i = 0; i < 30; i++) {
                    boolean right = probe.predict(data.images().get(other).select(i))[0] == labels[i];
                    accuracy[other] += right ? 100.0 / 30 : 0;
                    rest += right && other == d && !seen.contains(i) ? 100.0 / 25 : 0;
                }
            }
            double across = (accuracy[0] + accuracy[1] + accuracy[2] - accuracy[d]) / 2;
            assertThat(result.within().get("d" + d)).isCloseTo(accuracy[d], within(1e-9));
            assertThat(result.others().get("d" + d)).isCloseTo(rest, within(1e-9));
            assertThat(result.across().get("d" + d)).isCloseTo(across, within(1e-9));
        }
        assertThat(result.withinMean())
                .isCloseTo(
                        (result.within().get("d0")
                                        + result.within().get("d1")
                                        + result.within().get("d2"))
                                / 3,
                        within(1e-9));
        assertThat(result.withinMean()).isGreaterThan(result.othersMean());
    }

    @Test
    void methodsAreApplied() {
        Method blind = new Method(
                "blind",
                1f,
                (features, alpha) ->
                        new FeatureMatrix(features.ids(), features.dim(), filled(features.rows() * features.dim())));

        FewShotResult result = protocol.run(blind, 1, 3);

        assertThat(result.withinMean()).isCloseTo(20, within(1e-9));
        assertThat(result.method()).isEqualTo("blind");
        assertThat(result.shots()).isEqualTo(1);
    }

    private static float[] filled(int size) {
        float[] values = new float[size];
        Arrays.fill(values, 1);
        return values;
    }

    @Test
    void aSingleDomainHasNoOthersAndFullSupportLeavesNoImages() {
        EncodedDataset one = RandomData.of(3, 1, 2, 6, 0);

        FewShotResult result = new FewShotProtocol(one, QUICK).run(Method.CLIP, 2, 0);

        assertThat(result.across()).isEmpty();
        assertThat(result.others()).isEmpty();
        assertThat(result.acrossMean()).isNaN();
    }
}
