package dev.clap4j.internal.diffusion.pipeline;

import static dev.clap4j.internal.diffusion.Differences.difference;
import static dev.clap4j.internal.diffusion.Differences.largest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clap4j.ClapException;
import dev.clap4j.internal.diffusion.model.Condition;
import dev.clap4j.internal.diffusion.model.PipelineKind;
import dev.clap4j.internal.diffusion.model.Prompt;
import dev.clap4j.internal.io.TensorData;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The loop with the reference's model outputs in place of networks. */
class PipelineTests {
    private static final double STEP = 1e-5;

    static Stream<GoldenDrawings> complete() {
        return GoldenDrawings.all()
                .filter(golden -> golden.stepsKept().size() == golden.calls() && !golden.fromPicture());
    }

    /** Gives the stored outputs of one row, and keeps what it is asked with. */
    private static final class Replayed extends StubModel {
        private final GoldenDrawings golden;
        private final int row;
        private final List<float[]> inputs = new ArrayList<>();
        private final List<Float> times = new ArrayList<>();
        private final List<Integer> unloadedBefore = new ArrayList<>();
        private Condition condition;

        Replayed(GoldenDrawings golden, int row) {
            this.golden = golden;
            this.row = row;
        }

        @Override
        public TensorData predict(TensorData sample, float[] timesteps, Condition given) {
            int call = inputs.size();
            inputs.add(sample.rows(0, 1).toFloats());
            times.add(timesteps[0]);
            condition = given;
            long[] shape = sample.shape();
            if (!golden.guided()) {
                return TensorData.of("output", golden.of("model_output", call, row), shape);
            }
            shape[0] = 1;
            return Rows.joined(List.of(
                    TensorData.of("without", golden.of("model_output", call, row), shape),
                    TensorData.of("with", golden.of("model_output", call, row + golden.rows()), shape)));
        }

        @Override
        public int factor() {
            JsonNode size = golden.json().get("image_size");
            return size.get(0).asInt()
                    / (int) golden.tensors().get(golden.name() + ".latents").shape()[3];
        }

        @Override
        public int channels() {
            return (int) golden.tensors().get(golden.name() + ".latents").shape()[2];
        }

        @Override
        public int guidanceDim() {
            boolean guidable = golden.json().get("guidance").asDouble() > 1;
            return guidable && !golden.guided() ? 8 : 0;
        }

        @Override
        public int timeIds() {
            return golden.json().path("time_ids").path(0).size();
        }

        @Override
        public PipelineKind kind() {
            return golden.kind();
        }

        @Override
        public void unload() {
            unloadedBefore.add(inputs.size());
        }
    }

    @ParameterizedTest
    @MethodSource("complete")
    void steps_match_those_of_the_reference_for_its_model_outputs(GoldenDrawings golden) {
        for (int r = 0; r < golden.rows(); r++) {
            int row = r;
            Replayed model = new Replayed(golden, row);
            float[][] before = new float[1][];
            int[] steps = {0};
            StepListener compare = (done, all, latents) -> {
                if (done > 0) {
                    requireStep(golden, row, done - 1, model.inputs.get(done - 1), before[0], latents);
                    // Each step begins where the reference did.
                    System.arraycopy(golden.latents(done - 1, row), 0, latents, 0, latents.length);
                }
                before[0] = latents.clone();
                steps[0] = done;
            };

            new Pipeline(model, golden.scheduler(), false).draw(golden.drawing(row), golden.noise(row), compare);

            assertThat(steps[0]).isEqualTo(golden.calls());
            requireTimes(golden, model);
            requireSizes(golden, model, row);
        }
    }

    private static void requireStep(
            GoldenDrawings golden, int row, int call, float[] input, float[] before, float[] latents) {
        float[] expected = golden.latents(call, row);
        float[] output = golden.of("model_output", call, row);
        double scale = Math.max(largest(expected), Math.max(largest(before), largest(output)));
        assertThat(difference(latents, expected) / scale).as("step " + call).isLessThanOrEqualTo(STEP);
        if (golden.has("model_input")) {
            float[] expectedInput = golden.of("model_input", call, row);
            assertThat(difference(input, expectedInput) / largest(expectedInput))
                    .isLessThanOrEqualTo(STEP);
        }
    }

    private static void requireTimes(GoldenDrawings golden, Replayed model) {
        JsonNode times = golden.json().get("timesteps");
        for (int call = 0; call < times.size(); call++) {
            assertThat(model.times.get(call)).isEqualTo((float) times.get(call).asDouble());
        }
    }

    /** The reference repeats the rows of both conditions together, so that each drawing has its pair. */
    private static void requireSizes(GoldenDrawings golden, Replayed model, int row) {
        JsonNode sizes = golden.json().path("time_ids");
        int each = golden.guided() ? 2 : 1;
        for (int i = 0; i < each && !sizes.isMissingNode(); i++) {
            float[] given = model.condition.timeIds().rows(i, 1).toFloats();
            for (int k = 0; k < given.length; k++) {
                assertThat((double) given[k])
                        .isEqualTo(sizes.get(row * each + i).get(k).asDouble());
            }
        }
    }

    private static Pipeline pipeline() {
        GoldenDrawings golden = complete().findFirst().orElseThrow();
        return new Pipeline(new Replayed(golden, 0), golden.scheduler(), false);
    }

    @Test
    void text_encoders_are_unloaded_before_the_first_step_to_save_memory() {
        GoldenDrawings golden = complete().findFirst().orElseThrow();
        Replayed model = new Replayed(golden, 0);

        new Pipeline(model, golden.scheduler(), false).draw(golden.drawing(0), golden.noise(0), StepListener.NONE);
        assertThat(model.unloadedBefore).isEmpty();
        model.inputs.clear();
        new Pipeline(model, golden.scheduler(), true).draw(golden.drawing(0), golden.noise(0), StepListener.NONE);
        assertThat(model.unloadedBefore).containsExactly(0);
    }

    @Test
    void sizes_that_the_autoencoder_cannot_draw_are_refused() {
        Drawing drawing = Drawing.of(Prompt.of("a dog"), null, DrawingSettings.of(63, 64, 1, 1));

        assertThatThrownBy(() -> pipeline().draw(drawing, () -> new float[0], StepListener.NONE))
                .isInstanceOf(ClapException.class)
                .hasMessageContaining("multiples of")
                .hasMessageContaining("64×63");
    }

    /** Four times the side of the pictures that the model was trained on takes 256 times as long. */
    @Test
    void sizes_that_would_take_too_long_are_refused() {
        GoldenDrawings golden = complete().findFirst().orElseThrow();
        Pipeline pipeline = new Pipeline(new StubModel(), golden.scheduler(), false);
        assertThat(pipeline.latents(DrawingSettings.of(64, 256, 1, 1))).isEqualTo(4 * 8 * 32);
        assertThatThrownBy(() -> pipeline.latents(DrawingSettings.of(64, 264, 1, 1)))
                .isInstanceOf(ClapException.class)
                .hasMessage("The model was trained on pictures of 64 pixels a side and draws up to 256, not 264×64:"
                        + " every pixel attends to every other, which takes 16 times as long at twice the side");
    }

    @Test
    void strengths_that_leave_no_step_are_refused() {
        GoldenDrawings golden = complete()
                .filter(one -> one.kind() != PipelineKind.LATENT_CONSISTENCY)
                .findFirst()
                .orElseThrow();
        DrawingSettings settings = golden.drawing(0).settings();
        PixelPlanes picture = new PixelPlanes(
                settings.height(), settings.width(), new float[3 * settings.height() * settings.width()]);
        Drawing drawing = golden.drawing(0).from(picture, 0.1 / settings.steps());

        assertThatThrownBy(() -> new Pipeline(new Replayed(golden, 0), golden.scheduler(), false)
                        .draw(drawing, () -> new float[0], StepListener.NONE))
                .isInstanceOf(ClapException.class)
                .hasMessageContaining("raise the strength");
    }

    @Test
    void numbers_that_are_not_finite_are_an_error() {
        GoldenDrawings golden = complete().findFirst().orElseThrow();
        Pipeline pipeline = new Pipeline(new Replayed(golden, 0), golden.scheduler(), false);
        int latents = pipeline.latents(golden.drawing(0).settings());

        assertThatThrownBy(() -> pipeline.draw(
                        golden.drawing(0),
                        () -> {
                            float[] broken = new float[latents];
                            broken[latents / 2] = Float.POSITIVE_INFINITY;
                            return broken;
                        },
                        StepListener.NONE))
                .isInstanceOf(ClapException.class)
                .hasMessageContaining("no longer finite after step 1");
    }
}
