package dev.clap4j.internal.diffusion.pipeline;

import static dev.clap4j.internal.diffusion.Differences.difference;
import static dev.clap4j.internal.diffusion.Differences.largest;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clap4j.internal.diffusion.model.Autoencoder;
import dev.clap4j.internal.diffusion.model.Denoiser;
import dev.clap4j.internal.diffusion.model.DiffusionModel;
import dev.clap4j.internal.diffusion.model.PipelineFolder;
import dev.clap4j.internal.diffusion.model.PipelineKind;
import dev.clap4j.internal.diffusion.model.Prompts;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.onnx.OrtEngine;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole drawings, from prompts to pixels, with the tolerances of the golden folder's README. */
class DrawingGoldenTests {
    private static final double LATENTS = 2e-4;
    private static final double LIGHT = 5e-4;
    private static final int LEVELS = 1;

    private static final Map<String, DiffusionModel> OPEN = new HashMap<>();

    /** A model taken as one of the kind of a case. */
    private record AsKind(DiffusionModel model, PipelineKind kind) implements DiffusionModel {
        @Override
        public Path folder() {
            return model.folder();
        }

        @Override
        public JsonNode schedulerConfig() {
            return model.schedulerConfig();
        }

        @Override
        public Path schedulerConfigFile() {
            return model.schedulerConfigFile();
        }

        @Override
        public boolean zerosWithoutNegativePrompt() {
            return model.zerosWithoutNegativePrompt();
        }

        @Override
        public Prompts prompts() {
            return model.prompts();
        }

        @Override
        public Denoiser denoiser() {
            return model.denoiser();
        }

        @Override
        public Autoencoder autoencoder() {
            return model.autoencoder();
        }

        @Override
        public void close() {
            model.close();
        }
    }

    static Stream<GoldenDrawings> all() {
        return GoldenDrawings.all();
    }

    private static DiffusionModel model(GoldenDrawings golden) {
        DiffusionModel model = OPEN.computeIfAbsent(
                golden.pipeline(), name -> PipelineFolder.open(golden.model(), OrtEngine.create()));
        return new AsKind(model, golden.kind());
    }

    @AfterAll
    static void close() {
        OPEN.values().forEach(DiffusionModel::close);
        OPEN.clear();
    }

    @ParameterizedTest
    @MethodSource("all")
    void drawings_match(GoldenDrawings golden) {
        Pipeline pipeline = new Pipeline(model(golden), golden.scheduler(), false);
        for (int r = 0; r < golden.rows(); r++) {
            int row = r;
            float[][] before = new float[1][];
            StepListener compare = (done, all, latents) -> {
                assertThat(all).isEqualTo(golden.calls());
                int kept = golden.stepsKept().indexOf(done - 1);
                if (kept >= 0) {
                    float[] expected = golden.latents(kept, row);
                    double scale = Math.max(largest(expected), largest(before[0]));
                    assertThat(difference(latents, expected) / scale)
                            .as("row " + row + ", step " + done)
                            .isLessThanOrEqualTo(LATENTS);
                }
                if (done == 0 && golden.fromPicture()) {
                    float[] expected = golden.tensors()
                            .get(golden.name() + ".latents_start")
                            .rows(row, 1)
                            .toFloats();
                    assertThat(difference(latents, expected) / largest(expected))
                            .isLessThanOrEqualTo(LATENTS);
                }
                before[0] = latents.clone();
            };

            PixelPlanes pixels = pipeline.draw(golden.drawing(row), golden.noise(row), compare);

            requireImage(golden, row, pixels);
        }
    }

    private static void requireImage(GoldenDrawings golden, int row, PixelPlanes pixels) {
        if (golden.has("image")) {
            float[] image =
                    golden.tensors().get(golden.name() + ".image").rows(row, 1).toFloats();
            for (int i = 0; i < image.length; i++) {
                assertThat(Math.abs(pixels.light(i % 3, i / 3) - image[i])).isLessThanOrEqualTo((float) LIGHT);
            }
        }
        if (golden.has("image_u8")) {
            TensorData image = golden.tensors().get(golden.name() + ".image_u8").rows(row, 1);
            long[] levels = image.toLongs();
            byte[] samples = pixels.bitmap().samples();
            assertThat(samples).hasSize(levels.length);
            for (int i = 0; i < levels.length; i++) {
                assertThat(Math.abs((samples[i] & 0xFF) - levels[i])).isLessThanOrEqualTo(LEVELS);
            }
        }
    }
}
