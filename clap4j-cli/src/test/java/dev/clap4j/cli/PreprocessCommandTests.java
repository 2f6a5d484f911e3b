package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clap4j.BadFile;
import dev.clap4j.GoldenModel;
import dev.clap4j.SamplePictures;
import dev.clap4j.internal.image.BadImages;
import dev.clap4j.internal.image.DecodeOptions;
import dev.clap4j.internal.image.Preprocessing;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.SafetensorsFile;
import dev.clap4j.internal.io.TensorData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreprocessCommandTests {
    @TempDir
    private Path folder;

    private static int size() {
        return GoldenModel.VIT.size("image_resolution");
    }

    private static Path model() {
        return GoldenModel.VIT.file("huggingface");
    }

    @Test
    void writesATensorWithTheNamesOfTheImages() throws IOException {
        Path out = folder.resolve("pixels.safetensors");
        Path dogs = SamplePictures.folder("sketch/dog");
        CommandRun run = CommandRun.of("preprocess", "--model", model(), "--images", dogs, "--out", out);
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .startsWith("rgb, resize %d bicubic, centre crop %d rounded down, normalise".formatted(size(), size()));
        SafetensorsFile file = SafetensorsFile.open(out);
        TensorData pixels = file.get("pixels");
        assertThat(pixels.type()).isEqualTo(DataType.U8);
        assertThat(pixels.shape()).containsExactly(12, 3, size(), size());
        List<?> ids = new JsonMapper().readValue(file.metadata().get("ids"), List.class);
        byte[] last = Preprocessing.find(model(), size())
                .pixels(dogs.resolve(String.valueOf(ids.get(11))), DecodeOptions.defaults());
        byte[] written = new byte[last.length];
        pixels.bytes().get(11 * last.length, written);
        assertThat(written).isEqualTo(last);
    }

    @Test
    void writesPngFiles() {
        Path images = SamplePictures.folder("sketch/dog");
        CommandRun run = CommandRun.of("preprocess", "--model", model(), "--images", images, "--out", folder, "--json");
        assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.DONE);
        assertThat(run.out()).contains("\"images\" : 12");
        // What was prepared once stays as it is when prepared again.
        assertThat(Preprocessing.openAi(size()).pixels(folder.resolve("pic_000.png"), DecodeOptions.defaults()))
                .isEqualTo(Preprocessing.find(model(), size())
                        .pixels(images.resolve("pic_000.png"), DecodeOptions.defaults()));
    }

    @Test
    void imagesAreNotReplacedByWhatTheModelSeesOfThem() throws IOException {
        Path image = folder.resolve("in/a.png");
        Files.createDirectories(image.getParent());
        byte[] content = Files.readAllBytes(SamplePictures.folder("sketch/dog").resolve("pic_000.png"));
        Files.write(image, content);
        CommandRun over =
                CommandRun.of("preprocess", "--model", model(), "--images", image, "--out", image.getParent());
        assertThat(over.exitCode()).isEqualTo(Clap.FAILED);
        assertThat(over.err()).contains(image + " would be replaced by what the model sees of it");
        assertThat(image).hasBinaryContent(content);

        Path twin = folder.resolve("other/A.PNG");
        Files.createDirectories(twin.getParent());
        Files.write(twin, content);
        CommandRun both = CommandRun.of(
                "preprocess", "--model", model(), "--images", image, twin, "--out", folder.resolve("out"));
        assertThat(both.exitCode()).isEqualTo(Clap.FAILED);
        assertThat(both.err()).contains("would both be written to");
    }

    @Test
    void badImagesAreExplainedOrSkipped() {
        SoftAssertions softly = new SoftAssertions();
        Path out = folder.resolve("out.safetensors");
        for (BadFile bad : BadImages.all(folder)) {
            if (!Files.isRegularFile(bad.path())) {
                continue;
            }
            CommandRun run = CommandRun.of("preprocess", "--model", model(), "--images", bad.path(), "--out", out);
            softly.assertThat(run.exitCode()).as(bad.name()).isEqualTo(Clap.FAILED);
            softly.assertThat(run.err().lines())
                    .as(bad.name())
                    .containsExactly(
                            "clap: " + bad.message()
                                    + (bad.message().endsWith("in all; make it smaller")
                                            ? "; if you trust it, --max-pixels allows more"
                                            : ""),
                            "To go on without such images, add --skip-unreadable");
        }
        softly.assertThat(out).doesNotExist();
        Path good = SamplePictures.folder("sketch/dog/pic_000.png");
        CommandRun run = CommandRun.of(
                "preprocess", "--model", model(), "--images", folder, good, "--skip-unreadable", "--out", out);
        softly.assertThat(run.exitCode()).isEqualTo(Clap.DONE);
        softly.assertThat(run.out()).contains("1 images → ");
        softly.assertAll();
    }

    /** A configuration for 224 pixels beside a model of 32. */
    @Test
    void aConfigurationOfAnotherModelIsExplained() throws IOException {
        Path copy = folder.resolve("model");
        Files.createDirectories(copy);
        Files.copy(model().resolve("config.json"), copy.resolve("config.json"));
        Files.copy(model().resolve("model.safetensors"), copy.resolve("model.safetensors"));
        Path config = Files.writeString(copy.resolve("preprocessor_config.json"), "{\"crop_size\": 224}");
        CommandRun run =
                CommandRun.of("preprocess", "--model", copy, "--images", folder, "--out", folder.resolve("png"));
        assertThat(run.exitCode()).isEqualTo(Clap.FAILED);
        assertThat(run.err().strip())
                .isEqualTo("clap: Cannot use " + config + ": its crop_size is 224, but the model takes images of "
                        + size() + "×" + size() + " pixels. Take the file from the same model");
    }

    @Test
    void limitsAreOptions() {
        Path image = SamplePictures.folder("sketch/dog/pic_000.png");
        Path out = folder.resolve("out.safetensors");
        CommandRun run =
                CommandRun.of("preprocess", "--model", model(), "--images", image, "--max-pixels", 9215, "--out", out);
        assertThat(run.exitCode()).isEqualTo(Clap.FAILED);
        assertThat(run.err()).contains("96×96 pixels, the limit is 9215");
        assertThat(CommandRun.of("preprocess", "--model", model()).exitCode()).isEqualTo(Clap.WRONG_USE);
    }
}
