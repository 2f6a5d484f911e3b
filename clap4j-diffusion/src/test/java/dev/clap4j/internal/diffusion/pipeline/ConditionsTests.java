package dev.clap4j.internal.diffusion.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.internal.diffusion.model.Condition;
import dev.clap4j.internal.diffusion.model.PipelineKind;
import dev.clap4j.internal.diffusion.model.Prompt;
import dev.clap4j.internal.diffusion.model.TextStates;
import dev.clap4j.internal.io.TensorData;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConditionsTests {
    private static final Prompt DOG = Prompt.of("dog");
    private static final Prompt BLURRY = Prompt.of("blurry");
    private static final PictureSizes SMALL = new PictureSizes(32, 24, 4, 2, 16, 8);

    /** Encodes a text as its length and the number of skipped layers. */
    private static class Lengths extends StubModel {
        private final List<String> encoded = new ArrayList<>();

        @Override
        public TextStates encode(List<Prompt> prompts, int clipSkip) {
            assertThat(prompts).hasSize(1);
            Prompt prompt = prompts.get(0);
            encoded.add(prompt.text());
            float length = prompt.text().length();
            return new TextStates(
                    TensorData.of("hidden", new float[] {length, clipSkip}, 1, 1, 2),
                    timeIds() == 0 ? null : TensorData.of("pooled", new float[] {-length}, 1, 1));
        }
    }

    /** A model that takes sizes, and zeros without a negative prompt. */
    private static final class Large extends Lengths {
        @Override
        public PipelineKind kind() {
            return PipelineKind.STABLE_DIFFUSION_XL;
        }

        @Override
        public int timeIds() {
            return 6;
        }

        @Override
        public boolean zerosWithoutNegativePrompt() {
            return true;
        }
    }

    /** A model that takes its guidance as a condition. */
    private static final class Distilled extends Lengths {
        @Override
        public int guidanceDim() {
            return 4;
        }
    }

    private static DrawingSettings settings(double guidance, int clipSkip) {
        return new DrawingSettings(64, 96, 1, 0, guidance, 0, clipSkip, PictureSizes.whole(64, 96), SMALL);
    }

    private static Condition of(StubModel model, Prompt negative, double guidance, int clipSkip) {
        return new Conditions(model).of(Drawing.of(DOG, negative, settings(guidance, clipSkip)));
    }

    @Test
    void guidance_up_to_one_asks_for_the_prompt_alone() {
        Condition condition = of(new Lengths(), BLURRY, 1, 0);

        assertThat(condition.hidden().shape()).containsExactly(1, 1, 2);
        assertThat(condition.hidden().toFloats()).containsExactly(3, 0);
        assertThat(condition.pooled()).isNull();
        assertThat(condition.timeIds()).isNull();
        assertThat(condition.guidance()).isNull();
    }

    @Test
    void the_negative_prompt_comes_first_and_skips_no_layer() {
        assertThat(of(new Lengths(), BLURRY, 2, 1).hidden().toFloats()).containsExactly(6, 0, 3, 1);
        assertThat(of(new Lengths(), null, 2, 1).hidden().toFloats()).containsExactly(0, 0, 3, 1);
    }

    @Test
    void a_negative_prompt_that_is_not_given_is_zeros_where_the_model_wants_that() {
        Condition without = of(new Large(), null, 2, 0);
        assertThat(without.hidden().toFloats()).containsExactly(0, 0, 3, 0);
        assertThat(without.pooled().toFloats()).containsExactly(0, -3);

        Condition with = of(new Large(), BLURRY, 2, 0);
        assertThat(with.hidden().toFloats()).containsExactly(6, 0, 3, 0);
        assertThat(with.pooled().toFloats()).containsExactly(-6, -3);
    }

    @Test
    void each_prompt_has_its_sizes() {
        assertThat(of(new Large(), BLURRY, 2, 0).timeIds().toFloats())
                .containsExactly(32, 24, 4, 2, 16, 8, 64, 96, 0, 0, 64, 96);
        assertThat(of(new Large(), BLURRY, 1, 0).timeIds().toFloats()).containsExactly(64, 96, 0, 0, 64, 96);
    }

    @Test
    void distilled_models_take_the_guidance_instead_of_a_negative_prompt() {
        Condition condition = of(new Distilled(), BLURRY, 7.5, 0);

        assertThat(condition.hidden().toFloats()).containsExactly(3, 0);
        assertThat(condition.guidance().toFloats()).isEqualTo(Guidance.embedding(7.5, 4));
    }

    @Test
    void the_last_negative_prompt_is_encoded_once() {
        Lengths model = new Lengths();
        Conditions conditions = new Conditions(model);
        for (Prompt negative : List.of(BLURRY, BLURRY, Prompt.of("ugly"))) {
            conditions.of(Drawing.of(DOG, negative, settings(2, 0)));
        }

        assertThat(model.encoded).containsExactly("dog", "blurry", "dog", "dog", "ugly");
    }
}
