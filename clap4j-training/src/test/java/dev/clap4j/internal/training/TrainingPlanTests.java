package dev.clap4j.internal.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.clap4j.ClapException;
import dev.clap4j.internal.clip.ContextPosition;
import dev.clap4j.prompt.Augmentation;
import dev.clap4j.training.ClapOptions;
import dev.clap4j.training.ContextNoise;
import dev.clap4j.training.Schedule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TrainingPlanTests {
    private static final ClapOptions OPTIONS = FakeEncoder.options().withSchedule(new Schedule(400, 100, 5, 0.01));

    private static String words(List<PlannedStep> steps) {
        StringBuilder words = new StringBuilder();
        for (PlannedStep step : steps) {
            words.append(step.prompts()).append(step.augmented()).append(step.classNames());
            words.append(step.position()).append(Arrays.deepToString(step.context()));
        }
        return words.toString();
    }

    @Property(tries = 20)
    void anIntervalIsTheSameWhateverWasAskedForBefore(@ForAll long seed, @ForAll @IntRange(max = 3) int interval) {
        TrainingPlan plan = TrainingPlan.of(OPTIONS.withSeed(seed), 4);
        TrainingPlan inOrder = TrainingPlan.of(OPTIONS.withSeed(seed), 4);
        for (int before = 0; before < interval; before++) {
            inOrder.interval(before);
        }
        assertThat(words(plan.interval(interval))).isEqualTo(words(inOrder.interval(interval)));
    }

    @Test
    void anotherSeedIsAnotherPlan() {
        assertThat(words(TrainingPlan.of(OPTIONS.withSeed(1), 4).interval(0)))
                .isNotEqualTo(words(TrainingPlan.of(OPTIONS.withSeed(2), 4).interval(0)));
    }

    @Test
    void everyPassHasEveryPromptOnceInAnotherOrder() {
        // 3 classes of 480 prompts in batches of 8: a pass takes 180 steps.
        TrainingPlan plan = TrainingPlan.of(OPTIONS.withSchedule(new Schedule(360, 180, 5, 0.01)), 4);
        List<List<String>> passes = new ArrayList<>();
        for (int pass = 0; pass < 2; pass++) {
            List<String> drawn = new ArrayList<>();
            plan.interval(pass).forEach(step -> drawn.addAll(step.prompts()));
            assertThat(drawn).containsExactlyInAnyOrderElementsOf(plan.prompts());
            passes.add(drawn);
        }
        assertThat(passes.get(0)).isNotEqualTo(passes.get(1));
    }

    @Test
    void whatIsTooLittleForABatchIsPassedOver() {
        TrainingPlan plan = TrainingPlan.of(
                OPTIONS.withBatchSize(2).withSchedule(new Schedule(40, 40, 1, 0)),
                List.of(List.of("a"), List.of("b"), List.of("c")),
                4);
        Set<String> seen = new HashSet<>();
        for (PlannedStep step : plan.interval(0)) {
            assertThat(step.prompts()).hasSize(2).doesNotHaveDuplicates();
            seen.addAll(step.prompts());
        }
        assertThat(seen).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void promptsKeepTheirClassesAndAreAugmented() {
        List<PlannedStep> steps = TrainingPlan.of(OPTIONS, 4).interval(0);
        int changed = 0;
        for (PlannedStep step : steps) {
            for (int i = 0; i < 8; i++) {
                assertThat(step.prompts().get(i))
                        .endsWith(" " + step.classNames().get(i));
                changed += step.prompts().get(i).equals(step.augmented().get(i)) ? 0 : 1;
            }
        }
        // Three changes at one half each: one prompt in eight stays as it is. 800 draws, standard deviation 1.2 %.
        assertThat(changed / 800.0).isCloseTo(0.875, within(0.05));
        assertThat(TrainingPlan.of(OPTIONS.withAugmentation(Augmentation.NONE), 4)
                        .interval(0))
                .allSatisfy(step -> assertThat(step.augmented()).isEqualTo(step.prompts()));
    }

    @Test
    void noiseIsGaussianAndDrawnAnewForEveryStep() {
        double squares = 0;
        Set<Float> first = new HashSet<>();
        EnumSet<ContextPosition> positions = EnumSet.noneOf(ContextPosition.class);
        List<PlannedStep> steps = TrainingPlan.of(OPTIONS, 64).interval(1);
        for (PlannedStep step : steps) {
            assertThat(step.context()).hasDimensions(4, 64);
            positions.add(step.position());
            first.add(step.context()[0][0]);
            for (float[] vector : step.context()) {
                for (float value : vector) {
                    squares += (double) value * value;
                }
            }
        }
        assertThat(first).hasSize(steps.size());
        assertThat(positions).hasSize(3);
        // 25600 draws: the deviation is known to half a percent.
        assertThat(Math.sqrt(squares / (steps.size() * 256))).isCloseTo(0.02, within(0.0005));
    }

    @Test
    void withoutNoiseTheRestIsDrawnAlike() {
        PlannedStep noisy = TrainingPlan.of(OPTIONS, 4).interval(0).get(5);
        PlannedStep plain = TrainingPlan.of(OPTIONS.withNoise(ContextNoise.NONE), 4)
                .interval(0)
                .get(5);
        assertThat(plain.isNoisy()).isFalse();
        assertThat(noisy.isNoisy()).isTrue();
        assertThat(plain.augmented()).isEqualTo(noisy.augmented());
    }

    @Test
    void aBatchLargerThanAllPromptsIsRefused() {
        assertThatThrownBy(() -> TrainingPlan.of(OPTIONS.withBatchSize(2000), 4))
                .isInstanceOf(ClapException.class)
                .hasMessage("A batch of 2000 cannot be drawn from 1440 prompts; use smaller batches, "
                        + "or more classes or prompts");
    }
}
