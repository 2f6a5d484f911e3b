package dev.clap4j.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import dev.clap4j.Golden;
import dev.clap4j.Progress;
import dev.clap4j.internal.diffusion.model.DiffusionModel;
import dev.clap4j.internal.diffusion.model.PipelineFolder;
import dev.clap4j.internal.onnx.OrtEngine;
import dev.clap4j.synthesis.PictureFolder;
import dev.clap4j.synthesis.PromptSample;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GivenLatentsTests {
    @TempDir
    Path folder;

    private int channels;
    private int side;
    private int factor;

    private static DiffusionOptions options() {
        String pipeline = Golden.folders("diffusion", "model/unet").get(0);
        return DiffusionOptions.of(
                        Golden.file("diffusion/" + pipeline + "/model").toString())
                .withScheduler("ddim")
                .withSteps(2);
    }

    @BeforeEach
    void readGeometry() {
        try (DiffusionModel model = PipelineFolder.open(Path.of(options().model()), OrtEngine.create())) {
            channels = model.denoiser().channels();
            side = model.denoiser().sampleSize();
            factor = model.autoencoder().factor();
        }
    }

    private float[] noise(int seed, int rows) {
        float[] values = new float[rows * channels * side * side];
        Random random = new Random(seed);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static DiffusionSynthesizer open(Path latents) {
        return DiffusionSynthesizer.open(options().withLatents(latents), Progress.NONE);
    }

    private static int[] pixels(BufferedImage image) {
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    private static PromptSample.Item item(int number, long seed) {
        return new PromptSample.Item("dog", "a dog", number, seed);
    }

    @Test
    void a_picture_begins_with_the_row_of_its_number_whatever_its_seed() throws IOException {
        float[] both = noise(1, 2);
        float[] second = Arrays.copyOfRange(both, both.length / 2, both.length);
        Path two = NpyArrays.write(folder.resolve("two.npy"), both, 2, channels, side, side);
        Path one = NpyArrays.write(folder.resolve("one.npy"), second, channels, side, side);
        try (DiffusionSynthesizer ofTwo = open(two);
                DiffusionSynthesizer ofOne = open(one)) {
            int[] expected = pixels(ofTwo.synthesize(item(1, 5)));
            assertThat(pixels(ofTwo.synthesize(item(1, 6)))).isEqualTo(expected);
            assertThat(pixels(ofTwo.synthesize(item(0, 5)))).isNotEqualTo(expected);
            assertThat(pixels(ofOne.synthesize(item(0, 5)))).isEqualTo(expected);
            assertThat(pixels(ofOne.synthesize("a dog", "dog", 7))).isEqualTo(expected);
            assertThat(ofOne.describe().get("latents"))
                    .isNotEqualTo(ofTwo.describe().get("latents"));
            assertThatThrownBy(() -> ofOne.synthesize(item(1, 5)))
                    .isInstanceOf(ClapException.class)
                    .hasMessageContaining("there is no picture 1");
        }
    }

    @Test
    void the_noise_that_a_scheduler_adds_is_still_that_of_the_seed() throws IOException {
        Path one = NpyArrays.write(folder.resolve("one.npy"), noise(1, 1), channels, side, side);
        DiffusionOptions options = options().withScheduler("euler-ancestral").withLatents(one);
        try (DiffusionSynthesizer synthesizer = DiffusionSynthesizer.open(options, Progress.NONE)) {
            int[] picture = pixels(synthesizer.synthesize(item(0, 5)));
            assertThat(pixels(synthesizer.synthesize(item(0, 5)))).isEqualTo(picture);
            assertThat(pixels(synthesizer.synthesize(item(0, 6)))).isNotEqualTo(picture);
        }
    }

    @Test
    void a_folder_is_of_the_same_latents_and_as_many_pictures() throws IOException {
        Path two = NpyArrays.write(folder.resolve("two.npy"), noise(1, 2), 2, channels, side, side);
        Path out = folder.resolve("out");
        try (DiffusionSynthesizer synthesizer = open(two)) {
            PromptSample one = new PromptSample(List.of("dog"), 1, 1, 0);
            assertThatThrownBy(() -> PictureFolder.fill(out, one, synthesizer, Progress.NONE))
                    .isInstanceOf(ClapException.class)
                    .hasMessage(two + " has latents of 2 pictures of a prompt, but the number of pictures per prompt is"
                            + " 1");
            assertThat(out).doesNotExist();
            assertThat(PictureFolder.fill(out, new PromptSample(List.of("dog"), 1, 2, 0), synthesizer, Progress.NONE))
                    .isEqualTo(2);
        }
        NpyArrays.write(two, noise(2, 2), 2, channels, side, side);
        try (DiffusionSynthesizer other = open(two)) {
            assertThatThrownBy(() ->
                            PictureFolder.fill(out, new PromptSample(List.of("dog"), 1, 2, 0), other, Progress.NONE))
                    .isInstanceOf(ClapException.class)
                    .hasMessageContaining("differently")
                    .hasMessageContaining("latents");
        }
    }

    @Test
    void latents_that_cannot_be_used_are_refused() throws IOException {
        Path file = folder.resolve("bad.npy");
        requireRefused(file, "bad.npy");
        Files.writeString(file, "latents");
        requireRefused(file, "not in NumPy's format");
        NpyArrays.write(file, "<i4", new byte[4 * noise(1, 1).length], channels, side, side);
        requireRefused(file, "float16, float32 or float64");
        NpyArrays.write(file, noise(1, 1), noise(1, 1).length);
        requireRefused(file, "or [n, …] for n pictures of a prompt");
        NpyArrays.write(file, new float[0], 0, channels, side, side);
        requireRefused(file, "or [n, …] for n pictures of a prompt");
        NpyArrays.write(file, noise(1, 1), 1, 1, channels, side, side);
        requireRefused(file, "or [n, …] for n pictures of a prompt");
        NpyArrays.write(file, new float[(channels + 1) * side * side], channels + 1, side, side);
        requireRefused(file, (channels + 1) + " channels");
        NpyArrays.write(file, new float[channels * side * 2 * side], channels, side, 2L * side);
        requireRefused(file, "choose the size " + 2 * side * factor + "x" + side * factor);
        float[] values = noise(1, 1);
        values[3] = Float.NaN;
        NpyArrays.write(file, values, channels, side, side);
        requireRefused(file, "value 3 of picture 0 is NaN");
        values[3] = Float.NEGATIVE_INFINITY;
        NpyArrays.write(file, values, channels, side, side);
        requireRefused(file, "value 3 of picture 0 is -Infinity");
    }

    private static void requireRefused(Path latents, String message) {
        assertThatThrownBy(() -> open(latents))
                .isInstanceOf(ClapException.class)
                .hasMessageContaining(latents.toString())
                .hasMessageContaining(message);
    }

    @Test
    void a_picture_begins_with_another_or_with_latents() throws IOException {
        Path one = NpyArrays.write(folder.resolve("one.npy"), noise(1, 1), channels, side, side);
        BufferedImage given = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        try (DiffusionSynthesizer synthesizer = open(one)) {
            assertThatThrownBy(() -> synthesizer.restyle(given, "a dog", 0.5, 1))
                    .isInstanceOf(ClapException.class)
                    .hasMessageContaining("begins with another or with latents");
            assertThatThrownBy(() -> RestylingSynthesizer.of(synthesizer, folder, List.of("dog"), 0.5))
                    .isInstanceOf(ClapException.class)
                    .hasMessageContaining("begins with another or with latents");
        }
    }
}
