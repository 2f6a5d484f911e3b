package dev.clap4j.experiment.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.clap4j.Progress;
import dev.clap4j.dataset.Dataset;
import dev.clap4j.dataset.EncodedDataset;
import dev.clap4j.experiment.Condition;
import dev.clap4j.experiment.Method;
import dev.clap4j.experiment.Score;
import dev.clap4j.experiment.Subject;
import dev.clap4j.experiment.Trial;
import dev.clap4j.experiment.WordWorld;
import dev.clap4j.feature.FeatureMatrix;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class VarianceSharesTests {
    private static FeatureMatrix matrix(int dim, float... values) {
        return new FeatureMatrix(Collections.nCopies(values.length / dim, ""), dim, values);
    }

    private static double share(FeatureMatrix features, int... groups) {
        return VarianceShares.share(List.of(features), List.of(groups));
    }

    @Test
    void byHand() {
        // Unit vectors right, right, up, left: mean (1/4, 1/4), total 4 − 4/8 = 3.5; groups {r, r}, {u, l}: 2 + 1 −
        // 0.5.
        FeatureMatrix rows = matrix(2, 2, 0, 5, 0, 0, 3, -1, 0);

        assertThat(share(rows, 0, 0, 1, 1)).isCloseTo(2.5 / 3.5, within(1e-7));
        assertThat(share(rows, 0, 1, 2, 3)).isCloseTo(1, within(1e-7));
        assertThat(share(rows, 4, 4, 4, 4)).isCloseTo(0, within(1e-7));
        assertThat(VarianceShares.share(
                        List.of(rows.select(0), rows.select(1, 2, 3)), List.of(new int[1], new int[] {0, 1, 1})))
                .isCloseTo(2.5 / 3.5, within(1e-7));
    }

    @Test
    void equalFeaturesHaveNothingToExplain() {
        assertThat(share(matrix(2, 1, 2, 2, 4), 0, 1)).isZero();
    }

    /** The parts between and within groups, each from its definition, add up to the whole. */
    @Property(tries = 50)
    void whatGroupsDoNotExplainIsWithinThem(@ForAll @IntRange(min = 2, max = 6) int count, @ForAll int seed) {
        Random random = new Random(seed);
        float[] values = new float[40 * 3];
        IntStream.range(0, values.length).forEach(i -> values[i] = (float) random.nextGaussian());
        int[] groups = IntStream.range(0, 40).map(i -> random.nextInt(count)).toArray();
        float[] unit = matrix(3, values).normalised().values();

        double within = 0;
        double total = 0;
        for (int i = 0; i < 40; i++) {
            for (int j = 0; j < 3; j++) {
                double groupSum = 0;
                double sum = 0;
                int size = 0;
                for (int k = 0; k < 40; k++) {
                    boolean same = groups[k] == groups[i];
                    groupSum += same ? unit[k * 3 + j] : 0;
                    size += same ? 1 : 0;
                    sum += unit[k * 3 + j];
                }
                within += Math.pow(unit[i * 3 + j] - groupSum / size, 2);
                total += Math.pow(unit[i * 3 + j] - sum / 40, 2);
            }
        }

        assertThat(share(matrix(3, values), groups)).isCloseTo(1 - within / total, within(1e-6));
    }

    @Test
    void everyRowIsInAGroup() {
        assertThatIllegalArgumentException().isThrownBy(() -> share(matrix(1, 1, 2), 0));
    }

    @Test
    void typesAreMeasuredOnlyIfAllAreKnown() {
        WordWorld world = new WordWorld();
        Dataset data = WordWorld.dataset("world", "one", "two");
        EncodedDataset images = EncodedDataset.of(data, world.images(data.files(), Progress.NONE));
        Method half = Method.clap(VarianceSharesTests::half, 1).with(Condition.SEED, 4);
        Subject subject = new Subject(Optional.empty(), world, images, List.of(Method.CLIP, half), Condition.NONE);

        List<Score> known = new Trial(
                        subject,
                        new VarianceShares(file -> file.getFileName().toString().substring(0, 1)))
                .results()
                .scores();
        List<Score> unknown =
                new Trial(subject, VarianceShares.KIND.of(Map.of())).results().scores();

        assertThat(known)
                .extracting(
                        score -> score.measure().id() + " " + score.condition().values())
                .containsExactly(
                        "variance-class {method=CLIP}",
                        "variance-type {method=CLIP}",
                        "variance-class {method=CLAP, alpha=1.0, seed=4}",
                        "variance-type {method=CLAP, alpha=1.0, seed=4}");
        assertThat(unknown).containsExactly(known.get(0), known.get(2));
    }

    private static FeatureMatrix half(FeatureMatrix features, float alpha) {
        float[] values = features.values();
        IntStream.range(0, values.length).filter(i -> i % 2 == 0).forEach(i -> values[i] *= 1 - alpha);
        return new FeatureMatrix(features.ids(), features.dim(), values);
    }
}
