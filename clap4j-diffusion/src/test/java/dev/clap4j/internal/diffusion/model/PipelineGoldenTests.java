package dev.clap4j.internal.diffusion.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.Numbers;
import dev.clap4j.internal.io.SafetensorsFile;
import dev.clap4j.internal.io.TensorData;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The networks of tiny pipelines of every kind against the reference implementation, with the tolerances that it recommends. */
class PipelineGoldenTests {
    private static final double NETWORK = 3e-5;
    private static final double PIXELS = 1e-4;
    private static final double LATENTS = 5e-4;

    @ParameterizedTest
    @MethodSource("dev.clap4j.internal.diffusion.model.GoldenPipeline#names")
    void promptsHaveTheirStates(String name) {
        GoldenPipeline golden = new GoldenPipeline(name);
        SafetensorsFile expected = golden.textTensors();
        try (DiffusionModel model = golden.open()) {
            TextStates states = model.prompts().encode(golden.prompts(), 0);
            if (model.kind() == PipelineKind.STABLE_DIFFUSION_XL) {
                assertClose(
                        states.hidden(),
                        Batches.sideBySide(expected.get("penultimate"), expected.get("penultimate_2")),
                        NETWORK);
                assertClose(states.pooled(), expected.get("text_embeds_2"), NETWORK);
            } else {
                assertClose(states.hidden(), expected.get("last_hidden_state"), NETWORK);
                assertClose(
                        model.prompts().encode(golden.prompts(), 1).hidden(),
                        expected.get("last_hidden_state_clip_skip_1"),
                        NETWORK);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.clap4j.internal.diffusion.model.GoldenPipeline#names")
    void denoisersPredict(String name) {
        GoldenPipeline golden = new GoldenPipeline(name);
        try (DiffusionModel model = golden.open()) {
            for (String example : golden.cases("unet")) {
                assertClose(golden.predict(model, example), golden.module("unet." + example + ".output"), NETWORK);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.clap4j.internal.diffusion.model.GoldenPipeline#names")
    void latentsAreDecoded(String name) {
        GoldenPipeline golden = new GoldenPipeline(name);
        try (DiffusionModel model = golden.open()) {
            for (String example : golden.cases("vae_decode")) {
                TensorData z = golden.module("vae_decode." + example + ".z");
                TensorData pixels = model.autoencoder().decode(z);
                assertClose(pixels, golden.module("vae_decode." + example + ".sample"), PIXELS);
                assertThat(pixels.shape()[2])
                        .isEqualTo(z.shape()[2] * model.autoencoder().factor());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.clap4j.internal.diffusion.model.GoldenPipeline#names")
    void picturesAreEncoded(String name) {
        GoldenPipeline golden = new GoldenPipeline(name);
        try (DiffusionModel model = golden.open()) {
            for (String example : golden.cases("vae_encode")) {
                Moments moments = model.autoencoder().encode(golden.pixels(example));
                assertClose(moments.mean(), golden.module("vae_encode." + example + ".mean"), LATENTS);
                assertClose(moments.logvar(), golden.module("vae_encode." + example + ".logvar"), NETWORK);
            }
        }
    }

    private static void assertClose(TensorData actual, TensorData expected, double tolerance) {
        assertThat(actual.shape()).as(expected.name()).isEqualTo(expected.shape());
        Numbers.assertWithin(actual.toFloats(), expected.toFloats(), tolerance);
    }
}
