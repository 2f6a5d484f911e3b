package dev.clap4j.internal.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import dev.clap4j.training.Defaults;
import dev.clap4j.training.ImAugOptions;
import dev.clap4j.training.PromptedImages;
import dev.clap4j.training.Views;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ImAugPlanTests {
    private static final ImAugOptions OPTIONS = FakeViewEncoder.options();
    private static final PromptedImages IMAGES = FakeViewEncoder.images(Path.of("pictures"));

    private static List<PlannedViews> steps(ImAugOptions options) {
        ImAugPlan plan = new ImAugPlan(options, IMAGES);
        List<PlannedViews> steps = new ArrayList<>(plan.interval(0));
        steps.addAll(plan.interval(1));
        return steps;
    }

    private static String prompt(ImageView view) {
        return view.image().substring(0, view.image().lastIndexOf('/'));
    }

    @Test
    void aPassHasEveryPromptOnceAtMost() {
        List<PlannedViews> steps = steps(OPTIONS);
        // 36 prompts make four batches of eight; four prompts are passed over.
        for (int start = 0; start < steps.size(); start += 4) {
            List<String> prompts = steps.subList(start, start + 4).stream()
                    .flatMap(step -> step.images().stream())
                    .map(ImAugPlanTests::prompt)
                    .toList();
            assertThat(prompts).hasSize(32).doesNotHaveDuplicates();
        }
        Set<String> all = steps.stream()
                .flatMap(step -> step.images().stream())
                .map(ImAugPlanTests::prompt)
                .collect(Collectors.toSet());
        assertThat(all).hasSize(36);
    }

    @Test
    void everyImageOfAPromptAndEveryViewComesUp() {
        Set<String> images = new HashSet<>();
        Set<Integer> views = new HashSet<>();
        for (PlannedViews step : steps(OPTIONS)) {
            for (int i = 0; i < step.images().size(); i++) {
                assertThat(step.images().get(i).isPlain()).isTrue();
                assertThat(step.views().get(i).image())
                        .isEqualTo(step.images().get(i).image());
                images.add(step.images().get(i).image());
                views.add(step.views().get(i).number());
            }
        }
        assertThat(images).hasSize(3 * (12 + 4));
        assertThat(views).containsExactlyInAnyOrder(0, 1, 2, 3);
    }

    @Test
    void freshViewsAreAllDifferent() {
        List<ImageView> views = steps(OPTIONS.withViews(Views.FRESH)).stream()
                .flatMap(step -> step.passing().stream())
                .toList();
        assertThat(views).hasSize(40 * 8).doesNotHaveDuplicates();
        assertThat(steps(OPTIONS).get(0).passing()).isEmpty();
    }

    @Test
    void theSeedDecides() {
        assertThat(steps(OPTIONS)).isEqualTo(steps(OPTIONS));
        ImAugOptions other = ImAugOptions.like(Defaults.forClasses(OPTIONS.classes(), FakeViewEncoder.DIM)
                .withSchedule(OPTIONS.schedule())
                .withSeed(4));
        assertThat(steps(other)).isNotEqualTo(steps(OPTIONS));
    }

    @Test
    void aBatchLargerThanAllPromptsIsRefused() {
        ImAugOptions large = ImAugOptions.like(
                Defaults.forClasses(OPTIONS.classes(), FakeViewEncoder.DIM).withBatchSize(37));
        assertThatThrownBy(() -> new ImAugPlan(large, IMAGES))
                .isInstanceOf(ClapException.class)
                .hasMessage(
                        "A batch of 37 cannot be drawn from the images of 36 prompts; use smaller batches, or images of"
                                + " more prompts");
    }
}
