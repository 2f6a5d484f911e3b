package dev.clap4j.internal.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.clap4j.BadFile;
import dev.clap4j.ClapException;
import dev.clap4j.Golden;
import dev.clap4j.GoldenModel;
import dev.clap4j.internal.image.PreprocessingStep.CentreCrop;
import dev.clap4j.internal.image.PreprocessingStep.Fit;
import dev.clap4j.internal.image.PreprocessingStep.Resize;
import dev.clap4j.internal.image.PreprocessingStep.Rounding;
import dev.clap4j.internal.image.PreprocessingStep.ToRgb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreprocessingTests {
    private static final String OPENAI = "normalise mean 0.4815 0.4578 0.4082 std 0.2686 0.2613 0.2758";

    @TempDir
    Path folder;

    @Test
    void readsLikeASentence() {
        assertThat(Preprocessing.openAi(224))
                .hasToString("resize 224 bicubic, centre crop 224, rgb, " + OPENAI)
                .isEqualTo(Preprocessing.openAi(224))
                .isNotEqualTo(Preprocessing.openAi(336));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'size': 224, 'crop_size': 224, 'resample': 3} | resize 224 bicubic, centre crop 224 rounded down",
                "{'size': {'shortest_edge': 256}, 'crop_size': {'height': 224, 'width': 224}, 'resample': 2}"
                        + " | resize 256 bilinear, centre crop 224 rounded down",
                "{} | resize 224 bicubic, centre crop 224 rounded down",
                "{'image_processor': {'resample': 1}} | resize 224 lanczos, centre crop 224 rounded down",
                "{'do_resize': false} | centre crop 224 rounded down",
                "{'do_center_crop': false, 'size': {'height': 224, 'width': 224}} | resize 224×224 bicubic",
            })
    void readsHuggingFacesConfiguration(String json, String expected) throws IOException {
        Path file = Files.writeString(folder.resolve("preprocessor_config.json"), json.replace('\'', '"'));
        assertThat(Preprocessing.load(file, 224)).hasToString("rgb, " + expected + ", " + OPENAI);
        assertThat(Preprocessing.find(folder, 224)).isEqualTo(Preprocessing.load(file, 224));
    }

    @Test
    void readsAnotherProcessorOfTheSameShape() throws IOException {
        Path file = Files.writeString(folder.resolve("preprocessor_config.json"), """
            {"image_processor_type": "SiglipImageProcessor", "size": {"height": 224, "width": 224},
             "resample": 3, "image_mean": [0.5, 0.5, 0.5], "image_std": [0.5, 0.5, 0.5]}\
            """);
        assertThat(Preprocessing.load(file, 224))
                .isEqualTo(new Preprocessing(
                        List.of(new ToRgb(), new Resize(Fit.SQUASH, 224, Resampling.BICUBIC)),
                        224,
                        new float[] {0.5f, 0.5f, 0.5f},
                        new float[] {0.5f, 0.5f, 0.5f}));
    }

    @Test
    void leavesOutNormalisation() throws IOException {
        Path file = Files.writeString(folder.resolve("preprocessor_config.json"), "{\"do_normalize\": false}");
        assertThat(Preprocessing.load(file, 224).mean()).containsOnly(0);
        assertThat(Preprocessing.load(file, 224).std()).containsOnly(1);
    }

    @Test
    void readsOpenClipsConfiguration() throws IOException {
        int size = Golden.json("openclip-naming/open_clip_config.json")
                .at("/model_cfg/vision_cfg/image_size")
                .asInt();
        assertThat(Preprocessing.load(Golden.file("openclip-naming/open_clip_config.json"), size))
                .isEqualTo(Preprocessing.openAi(size));
        Files.writeString(folder.resolve("open_clip_config.json"), """
            {"model_cfg": {}, "preprocess_cfg": {"resize_mode": "squash", "interpolation": "bilinear",
             "size": [64, 64], "mean": [0, 0, 0], "std": [1, 1, 1]}}\
            """);
        assertThat(Preprocessing.find(folder, 64))
                .hasToString("resize 64×64 bilinear, rgb, normalise mean 0.0000 0.0000"
                        + " 0.0000 std 1.0000 1.0000 1.0000");
    }

    @Test
    void readsTheTinyModelsConfiguration() {
        int size = GoldenModel.VIT.size("image_resolution");
        assertThat(Preprocessing.find(GoldenModel.VIT.file("huggingface"), size))
                .hasToString("rgb, resize %d bicubic, centre crop %d rounded down, %s".formatted(size, size, OPENAI));
        assertThat(Preprocessing.find(folder, 48)).isEqualTo(Preprocessing.openAi(48));
    }

    @Test
    void refusesWhatItCannotFollow() {
        SoftAssertions softly = new SoftAssertions();
        for (BadFile bad : BadPreprocessing.all(folder)) {
            softly.assertThatThrownBy(() -> Preprocessing.load(bad.path(), 224))
                    .as(bad.name())
                    .isInstanceOf(ClapException.class)
                    .hasMessage(bad.message());
        }
        softly.assertAll();
    }

    /** An image that is smaller than the crop lies in its middle, the odd pixel of the border behind. */
    @Test
    void padsSmallImages() {
        byte[] samples = new byte[2 * 3];
        Arrays.fill(samples, (byte) 7);
        List<PreprocessingStep> steps = List.of(new CentreCrop(5, Rounding.HALF_EVEN, 0), new ToRgb());
        Preprocessing crop = new Preprocessing(steps, 5, new float[3], new float[] {1, 1, 1});
        byte[] pixels = crop.pixels(Bitmap.of(PixelMode.L, 2, 3, samples));
        for (int y = 0; y < 5; y++) {
            for (int x = 0; x < 5; x++) {
                boolean inside = x >= 1 && x <= 2 && y >= 1 && y <= 3;
                assertThat(pixels[y * 5 + x]).as("%d, %d", x, y).isEqualTo((byte) (inside ? 7 : 0));
            }
        }
    }

    /** Halves round to the even offset: 297 leaves 73 too many, half of which rounds to 36; 299 leaves 75, to 38. */
    @ParameterizedTest
    @CsvSource({"297, 36", "299, 38", "298, 37"})
    void cropsTheCentre(int width, int offset) {
        byte[] samples = new byte[width * 224];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) (i % width - offset);
        }
        byte[] pixels = Preprocessing.openAi(224).pixels(Bitmap.of(PixelMode.L, width, 224, samples));
        assertThat(pixels[0]).isZero();
        assertThat(pixels[223]).isEqualTo((byte) 223);
    }

    /** Results computed from pixels are keyed by everything that the pixels depend on. */
    @Test
    void fingerprintsTellWhatNamesDoNot() {
        Preprocessing openAi = Preprocessing.openAi(224);
        float[] mean = openAi.mean();
        mean[0] = Math.nextUp(mean[0]);
        Preprocessing other = new Preprocessing(openAi.steps(), 224, mean, openAi.std());
        assertThat(other).hasToString(openAi.toString());
        assertThat(other.fingerprint()).isNotEqualTo(openAi.fingerprint());
        assertThat(openAi.fingerprint()).startsWith("decoding " + ImageDecoder.VERSION + ", ");
    }

    @Test
    void refusesAThread() {
        assertThatExceptionOfType(ClapException.class)
                .isThrownBy(() ->
                        Preprocessing.openAi(224).pixels(Bitmap.of(PixelMode.L, 2_000_000, 1, new byte[2_000_000])))
                .withMessage("An image of 2000000 by 1 pixels is too long and thin to be resized to 224 pixels across");
    }
}
