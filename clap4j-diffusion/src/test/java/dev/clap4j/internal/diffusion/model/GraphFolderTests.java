package dev.clap4j.internal.diffusion.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import dev.clap4j.Numbers;
import dev.clap4j.Progress;
import dev.clap4j.diffusion.DiffusionOptions;
import dev.clap4j.diffusion.DiffusionSynthesizer;
import dev.clap4j.internal.diffusion.model.ExportedFolder.Style;
import dev.clap4j.internal.diffusion.pipeline.ModelFiles;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.onnx.OnnxWriter;
import dev.clap4j.internal.onnx.OrtEngine;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pipelines of ONNX files draw what those they were exported from draw. */
class GraphFolderTests {
    private static final int LEVELS = 1;

    @TempDir
    private Path temporary;

    private static DiffusionModel open(Path folder) {
        return PipelineFolder.open(folder, OrtEngine.create());
    }

    private static String className(Path original) {
        try (DiffusionModel model = open(original)) {
            return model.kind().className();
        }
    }

    private static int[] draw(Path folder) {
        DiffusionOptions options = DiffusionOptions.of(folder.toString()).withSteps(2);
        try (DiffusionSynthesizer synthesizer = DiffusionSynthesizer.open(options, Progress.NONE)) {
            BufferedImage picture = synthesizer.synthesize("a drawing of a dog", "dog", 7);
            return picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
        }
    }

    /** Returns the largest difference between the samples of two pictures. */
    private static int difference(int[] picture, int[] expected) {
        assertThat(picture).hasSameSizeAs(expected);
        return IntStream.range(0, 3 * expected.length)
                .map(i -> Math.abs(sample(picture, i) - sample(expected, i)))
                .max()
                .orElseThrow();
    }

    private static int sample(int[] picture, int i) {
        return (picture[i / 3] >> (8 * (i % 3))) & 0xFF;
    }

    static Stream<GoldenPipeline> all() {
        return GoldenPipeline.names().stream().map(GoldenPipeline::new).filter(golden -> {
            try (DiffusionModel model = golden.open()) {
                // The position of the end is not that of the highest id in all of these.
                return model.kind() != PipelineKind.STABLE_DIFFUSION_XL;
            }
        });
    }

    @ParameterizedTest
    @MethodSource("all")
    void exportedPipelinesDrawTheSamePictures(GoldenPipeline golden) {
        int[] expected = draw(golden.folder());
        String name = className(golden.folder());
        boolean inOptimum = name.startsWith("Latent");
        Path folder = new ExportedFolder(golden.folder(), inOptimum ? Style.optimum() : Style.diffusers())
                .write(temporary.resolve("graphs"), (inOptimum ? "ORT" : "Onnx") + name)
                .path();
        assertThat(difference(draw(folder), expected)).isLessThanOrEqualTo(LEVELS);
    }

    static Stream<Style> styles() {
        Style optimum = Style.optimum();
        return Stream.of(
                optimum,
                optimum.withTime(Style.time(DataType.I64)),
                optimum.withTime(Style.time(DataType.I32, -1)),
                optimum.withTime(Style.time(DataType.F32)),
                optimum.withTime(Style.time(DataType.F16, 1)),
                optimum.withFloats(DataType.F16),
                new Style(DataType.I32, DataType.F32, Style.time(DataType.F32, -1), false, true, true, true));
    }

    /** 16-bit floats round inputs and outputs to 11 bits. */
    @ParameterizedTest
    @MethodSource("styles")
    void largePipelinesGiveTheSameNumbersInAllTypes(Style style) {
        Path original = TinyPipeline.writeLarge(temporary.resolve("original")).path();
        Path folder = new ExportedFolder(original, style)
                .write(temporary.resolve("graphs"), "ORTStableDiffusionXLPipeline")
                .path();
        double tolerance = style.floats() == DataType.F16 ? 2e-3 : 1e-5;
        List<Prompt> prompts = List.of(Prompt.of("a dog"), new Prompt("an owl", "another"));
        TensorData sample = noise(2, 4, 6, 4);
        TensorData sizes = TensorData.of("sizes", new float[] {64, 48, 0, 8, 64, 48, 32, 32, 0, 0, 32, 32}, 2, 6);
        try (DiffusionModel expected = open(original);
                DiffusionModel model = open(folder)) {
            TextStates states = expected.prompts().encode(prompts, 0);
            assertClose(model.prompts().encode(prompts, 0).hidden(), states.hidden(), tolerance);
            assertClose(model.prompts().encode(prompts, 0).pooled(), states.pooled(), tolerance);
            assertClose(
                    model.prompts().encode(prompts, 1).hidden(),
                    expected.prompts().encode(prompts, 1).hidden(),
                    tolerance);
            Condition condition = new Condition(states.hidden(), states.pooled(), sizes, null);
            for (float[] times : new float[][] {{999}, {3, 3}, {501, 20}}) {
                assertClose(
                        model.denoiser().predict(sample, times, condition),
                        expected.denoiser().predict(sample, times, condition),
                        tolerance);
            }
            TensorData pixels = expected.autoencoder().decode(sample);
            assertClose(model.autoencoder().decode(sample), pixels, tolerance);
            Moments moments = expected.autoencoder().encode(pixels);
            assertClose(model.autoencoder().encode(pixels).mean(), moments.mean(), tolerance);
            assertClose(model.autoencoder().encode(pixels).logvar(), moments.logvar(), tolerance);
            assertThat(model.autoencoder().scalingFactor())
                    .isEqualTo(expected.autoencoder().scalingFactor());
            assertThat(model.denoiser().sampleSize())
                    .isEqualTo(expected.denoiser().sampleSize());
            assertThat(model.denoiser().timeIds()).isEqualTo(6);
        }
    }

    private static TensorData noise(long... shape) {
        int count = (int) Arrays.stream(shape).reduce(1, Math::multiplyExact);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) Math.sin(37 * i);
        }
        return TensorData.of("noise", values, shape);
    }

    private static void assertClose(TensorData actual, TensorData expected, double tolerance) {
        assertThat(actual.shape()).as(expected.name()).isEqualTo(expected.shape());
        Numbers.assertWithin(actual.toFloats(), expected.toFloats(), tolerance);
    }

    @Test
    void filesOfOldToolsListTheirWeightsAmongTheInputs() {
        Path original = TinyPipeline.write(temporary.resolve("original")).path();
        Path folder = new ExportedFolder(original, Style.optimum())
                .write(temporary.resolve("graphs"), "StableDiffusionOnnxPipeline")
                .path();
        int[] expected = draw(folder);
        OnnxWriter.listWeights(folder.resolve("vae_decoder/model.onnx"));
        assertThat(draw(folder)).isEqualTo(expected);
    }

    @Test
    void safetensorsGoBeforeGraphsWhereAFolderHasBoth() {
        ChangedFolder original = TinyPipeline.write(temporary.resolve("original"));
        int[] expected = draw(original.path());
        String fingerprint = ModelFiles.of(original.path()).fingerprint();
        original.with("unet/model.onnx", "not read");
        assertThat(draw(original.path())).isEqualTo(expected);
        assertThat(ModelFiles.of(original.path()).fingerprint()).isEqualTo(fingerprint);
    }

    @Test
    void allFilesThatAreReadCountAsTheModel() {
        Path original = TinyPipeline.write(temporary.resolve("original")).path();
        Path folder = new ExportedFolder(original, Style.diffusers())
                .write(temporary.resolve("graphs"), "OnnxStableDiffusionPipeline")
                .path();
        assertThat(ModelFiles.of(folder).files())
                .contains(
                        folder.resolve("text_encoder/model.onnx"),
                        folder.resolve("unet/model.onnx.data"),
                        folder.resolve("vae_decoder/model.onnx"),
                        folder.resolve("vae_encoder/model.onnx.data"));
    }

    @Test
    void timeStepsWithFractionsAreNotCut() {
        Path original = TinyPipeline.write(temporary.resolve("original")).path();
        Path folder = new ExportedFolder(original, Style.optimum())
                .write(temporary.resolve("graphs"), "OnnxStableDiffusionPipeline")
                .path();
        try (DiffusionModel model = open(folder)) {
            Condition condition = Condition.of(noise(1, 77, 16));
            assertThatThrownBy(() -> model.denoiser().predict(noise(1, 4, 4, 4), new float[] {958.5f}, condition))
                    .isInstanceOf(ClapException.class)
                    .hasMessage(folder.resolve("unet/model.onnx") + " takes whole time steps, but the scheduler's are"
                            + " fractions such as 958.5; choose a scheduler with whole ones, for instance ddim");
        }
    }
}
