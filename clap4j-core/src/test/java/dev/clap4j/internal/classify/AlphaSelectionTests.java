package dev.clap4j.internal.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.classify.AlphaSelection.Candidate;
import dev.clap4j.prompt.PromptLanguage;
import dev.clap4j.prompt.PromptStyle;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlphaSelectionTests {
    private static final FeatureMatrix NO_IMAGES = new FeatureMatrix(List.of(), StyledWorld.DIM, new float[0]);

    private static StyledWorld world(long seed) {
        return new StyledWorld(seed, 12, 6, 300, 1.2f, 0.1f);
    }

    private static float byImages(StyledWorld world, ContentMap head) {
        return AlphaSelection.byImages(head, world.prompts, world.images, AlphaSelection.GRID)
                .alpha();
    }

    private static float byPrompts(StyledWorld world, ContentMap head) {
        return AlphaSelection.byPrompts(head, world.prompts, AlphaSelection.GRID)
                .alpha();
    }

    private static double bestAccuracy(StyledWorld world, ContentMap head) {
        return AlphaSelection.GRID.stream()
                .mapToDouble(alpha -> world.accuracy(head, alpha))
                .max()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(floats = {0.1f, 0.3f, 1})
    void findsTheStrengthThatCancelsStyle(float right) {
        ContentMap head = StyledWorld.cancelsStyleAt(right);
        for (long seed = 1; seed <= 4; seed++) {
            StyledWorld world = world(seed);
            for (float chosen : new float[] {byImages(world, head), byPrompts(world, head)}) {
                // The smallest of those as good as the best: never beyond it, not far below it.
                assertThat(chosen).isBetween(0.6f * right, right);
                assertThat(world.accuracy(head, chosen))
                        .isGreaterThan(world.accuracy(head, 0) + 0.2)
                        .isGreaterThan(bestAccuracy(world, head) - 0.01);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void weighsHelpAgainstHarm(long seed) {
        StyledWorld world = world(seed);
        ContentMap head = world.helpsAndHarms();

        // Helping, it gains 13 to 19 points; at full strength the harm has eaten most of it or more.
        double best = bestAccuracy(world, head);
        assertThat(best).isGreaterThan(world.accuracy(head, 0) + 0.1).isGreaterThan(world.accuracy(head, 1) + 0.1);
        assertThat(world.accuracy(head, byImages(world, head))).isGreaterThan(best - 0.02);
        assertThat(world.accuracy(head, byPrompts(world, head))).isGreaterThan(best - 0.05);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aHarmfulHeadIsSwitchedOff(long seed) {
        StyledWorld world = world(seed);

        assertThat(byImages(world, StyledWorld.removesContent())).isZero();
        assertThat(byPrompts(world, StyledWorld.removesContent())).isZero();
        assertThat(byImages(world, world.scrambles())).isZero();
    }

    @Test
    void theChoiceIsToldInWords() {
        StyledWorld world = world(1);
        AlphaSelection none = AlphaSelection.byPrompts(StyledWorld.removesContent(), world.prompts, List.of(1f));
        assertThat(none.describe())
                .isEqualTo(
                        "α=0.0 was chosen by the prompts alone, without labels: no larger value is clearly better, so"
                                + " the head has no effect");
        assertThat(new AlphaSelection(0.2f, true, List.of()).describe())
                .isEqualTo("α=0.2 was chosen by the prompts and the images, without labels");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void agreementWithoutContentCountsForNothing(long seed) {
        StyledWorld world = world(seed);

        assertThat(byImages(world, world.collapses())).isZero();
        assertThat(byPrompts(world, world.collapses())).isLessThanOrEqualTo(0.02f);
    }

    @Test
    void everyoneInOneClassIsChanceAndNothingMore() {
        StyledWorld world = world(1);
        FeatureMatrix alike = world.images.select(new int[50]);

        AlphaSelection selection = AlphaSelection.byImages(
                StyledWorld.cancelsStyleAt(1), List.of(world.prompts.get(0), world.prompts.get(0)), alike, List.of(1f));

        // Zero up to the rounding of sums of 50 shares.
        assertThat(selection.candidates())
                .allSatisfy(c -> assertThat(c.measure()).isCloseTo(0, within(1e-12)));
        assertThat(selection.alpha()).isZero();
    }

    @Test
    void withoutEnoughImagesThePromptsDecide() {
        StyledWorld world = world(1);
        ContentMap head = StyledWorld.cancelsStyleAt(0.3f);

        AlphaSelection few = AlphaSelection.choose(head, world.prompts, NO_IMAGES, AlphaSelection.GRID);
        AlphaSelection many = AlphaSelection.choose(head, world.prompts, world.images, AlphaSelection.GRID);

        assertThat(few).isEqualTo(AlphaSelection.byPrompts(head, world.prompts, AlphaSelection.GRID));
        assertThat(few.fromImages()).isFalse();
        assertThat(many.fromImages()).isTrue();
    }

    @Test
    void zeroIsAlwaysTriedAndTheGridSorted() {
        StyledWorld world = world(1);

        AlphaSelection selection =
                AlphaSelection.byPrompts(StyledWorld.cancelsStyleAt(1), world.prompts, List.of(0.5f, 0.1f));

        assertThat(selection.candidates()).extracting(Candidate::alpha).containsExactly(0f, 0.1f, 0.5f);
    }

    @Test
    void aSingleClassLeavesNothingToChoose() {
        StyledWorld world = new StyledWorld(1, 1, 3, 40, 1, 0.1f);

        assertThat(byPrompts(world, StyledWorld.cancelsStyleAt(1))).isZero();
        assertThat(byImages(world, StyledWorld.cancelsStyleAt(1))).isZero();
    }

    @Test
    void usesStylesOfTheEvaluationAndOfTheTemplates() {
        assertThat(AlphaSelection.templates(PromptLanguage.ENGLISH))
                .hasSize(11)
                .extracting(template -> template.text("dog"))
                .contains("dog", "a photo of a dog", "a dog in a photo", "an infograph of a dog");
        assertThat(AlphaSelection.templates(PromptLanguage.CHINESE))
                .extracting(template -> template.text("狗"))
                .startsWith("狗", PromptLanguage.CHINESE.template(PromptStyle.PC).text("狗"))
                .noneMatch(text -> text.matches(".*[a-z].*"))
                .doesNotHaveDuplicates();
    }

    @Test
    void promptsAreThoseOfTheLanguage() {
        List<String> encoded = new ArrayList<>();

        AlphaSelection.prompts(List.of("狗", "猫"), PromptLanguage.CHINESE, texts -> {
            encoded.addAll(texts);
            return new FeatureMatrix(texts, 1, new float[texts.size()]);
        });

        assertThat(encoded)
                .contains(PromptLanguage.CHINESE.template(PromptStyle.CP).text("猫"));
    }

    @Test
    void refusesTooLittleToChooseBy() {
        StyledWorld world = world(1);
        ContentMap head = StyledWorld.cancelsStyleAt(1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> AlphaSelection.byPrompts(head, world.prompts.subList(0, 1), List.of(1f)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AlphaSelection.byImages(head, world.prompts, NO_IMAGES, List.of(1f)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AlphaSelection.byPrompts(head, world.prompts, List.of(-0.1f)))
                .withMessage("An alpha should be at least 0, not -0.1");
    }
}
