package dev.clap4j.iconworld.scene;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.iconworld.icon.Concept;
import dev.clap4j.iconworld.icon.IconSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class AttributePriorTests {
    private static Set<ImageType> never(Concept concept) {
        Set<ImageType> never = EnumSet.noneOf(ImageType.class);
        Distribution<ImageType> types = AttributePrior.of(concept).imageTypes();
        for (int i = 0; i < types.weights().length; i++) {
            if (types.weights()[i] == 0) {
                never.add(types.values().get(i));
            }
        }
        return never;
    }

    @Test
    void heldOutPairsNeverOccurInTraining() {
        List<Concept> concepts = Concept.ALL.subList(0, 40);
        SceneSampler sampler = SceneSampler.habitual(concepts, IconSet.SEEN, 9);
        for (Concept concept : concepts) {
            Set<ImageType> met = EnumSet.noneOf(ImageType.class);
            for (int i = 0; i < 700; i++) {
                met.add(sampler.get(concept, IconSet.NOTO, i).attributes().imageType());
            }
            // Every other type has a share of 0.25 / 8 or more: 700 draws miss one by a chance of 1e-9.
            Set<ImageType> habitual = EnumSet.allOf(ImageType.class);
            habitual.removeAll(never(concept));
            assertThat(met).isEqualTo(habitual);
        }
    }

    @Test
    void anEighthOfThePairsIsHeldOut() {
        int pairs =
                Concept.ALL.stream().mapToInt(concept -> never(concept).size()).sum();
        // 12 % of 187 · 8; the standard error of the share is below 0.01.
        assertThat(pairs / (187.0 * 8)).isCloseTo(0.12, Offset.offset(0.03));
    }

    @Test
    void habitsAreTheConceptsOwn() {
        Concept dog = Concept.ALL.get(0);
        assertThat(AttributePrior.of(dog).colours().weights())
                .isEqualTo(AttributePrior.of(dog).colours().weights());
        assertThat(AttributePrior.of(dog).colours().weights())
                .isNotEqualTo(AttributePrior.of(Concept.ALL.get(1)).colours().weights());
        for (Concept concept : Concept.ALL) {
            double[] weights = AttributePrior.of(concept).colours().weights();
            assertThat(Arrays.stream(weights).sum()).isCloseTo(1, Offset.offset(1e-9));
            assertThat(Arrays.stream(weights).min().orElseThrow()).isGreaterThanOrEqualTo(0.025 - 1e-9);
        }
    }

    @Test
    void evaluationIsEven() {
        SceneSampler sampler = SceneSampler.even(Concept.ALL, IconSet.UNSEEN, 9);
        Map<Colour, Integer> counts = new EnumMap<>(Colour.class);
        for (int i = 0; i < 5000; i++) {
            Scene scene = sampler.get(Concept.ALL.get(i % 7), IconSet.FXEMOJI, i);
            counts.merge(scene.attributes().colour(), 1, Integer::sum);
        }
        assertThat(counts).hasSize(10);
        // 500 expected, with a standard deviation of 21.
        assertThat(counts.values()).allMatch(count -> count > 400 && count < 600);
    }

    @Test
    void posesKeepTheObjectInThePicture() {
        SceneSampler sampler = SceneSampler.even(Concept.ALL, IconSet.SEEN, 9);
        List<Double> scales = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            Scene scene = sampler.get(Concept.ALL.get(0), IconSet.NOTO, i);
            Scene.Pose pose = scene.pose();
            assertThat(pose.scale() / 2 + Math.abs(pose.right())).isLessThan(0.53);
            assertThat(pose.scale() / 2 + Math.abs(pose.down())).isLessThan(0.53);
            assertThat(Math.abs(pose.radians())).isLessThan(0.13);
            scales.add(pose.scale());
        }
        assertThat(scales).allMatch(scale -> scale >= 0.6 && scale <= 1);
    }
}
