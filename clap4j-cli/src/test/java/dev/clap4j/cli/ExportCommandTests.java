package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import dev.clap4j.Numbers;
import dev.clap4j.OrtRun;
import dev.clap4j.SamplePictures;
import dev.clap4j.feature.FeatureFiles;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.image.DecodeOptions;
import dev.clap4j.internal.image.Preprocessing;
import dev.clap4j.internal.tokenizer.Overflow;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportCommandTests {
    private static final int SIZE = 32;

    /** The files and the commands do the same arithmetic. */
    private static final double TOLERANCE = 1e-5;

    @TempDir
    private Path folder;

    private Path model;
    private Path head;

    @BeforeEach
    void writeModel() {
        model = TinyModel.write(folder.resolve("model"));
        head = TinyModel.writeHead(folder.resolve("head.safetensors"), 1);
    }

    @Test
    void filesGiveWhatTheCommandsGive() throws OrtException, IOException {
        Path out = folder.resolve("onnx");
        CommandRun run = CommandRun.of(
                "export",
                "--model",
                model,
                "--head",
                head,
                "--alpha",
                "0.5",
                "--classes",
                "dog,alarm clock",
                "--out",
                out);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.DONE);
        assertThat(run.out()).contains("image.onnx", "text.onnx", "classifier.onnx");

        Path dog = firstImage();
        float[] pixels = pixels(dog);
        Numbers.assertClose(
                OrtRun.floats(out.resolve("image.onnx"), "pixels", pixels, 1, 3, SIZE, SIZE),
                embed("--images", dog),
                TOLERANCE);

        Path texts = Files.writeString(folder.resolve("texts.txt"), "a dog in the snow\n");
        long[] tokens = tokens("a dog in the snow");
        Numbers.assertClose(
                OrtRun.longs(out.resolve("text.onnx"), "tokens", tokens, 1, tokens.length),
                embed("--texts", texts),
                TOLERANCE);

        float[] probabilities = OrtRun.floats(out.resolve("classifier.onnx"), "pixels", pixels, 1, 3, SIZE, SIZE);
        CommandRun classified = CommandRun.of(
                "classify",
                "--model",
                model,
                "--head",
                head,
                "--alpha",
                "0.5",
                "--classes",
                "dog,alarm clock",
                "--top",
                2,
                dog);
        for (float probability : probabilities) {
            assertThat(classified.out()).contains(String.format(Locale.ROOT, "%.2f %%", 100 * probability));
        }
    }

    @Test
    void quantisedAndWithPreprocessing() throws OrtException, IOException {
        Path out = folder.resolve("onnx");
        CommandRun run = CommandRun.of(
                "export",
                "--model",
                model,
                "--precision",
                "int8",
                "--features",
                "raw",
                "--preprocessing",
                "--out",
                out,
                "--json");
        assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.DONE);
        assertThat(run.err()).contains("clap: int8 against fp32, on drawn pictures: cosine of image features");
        assertThat(run.out()).contains("\"bytes\"").doesNotContain("classifier");
        byte[] grey = new byte[50 * 40 * 3];
        Arrays.fill(grey, (byte) 90);
        assertThat(OrtRun.bytes(out.resolve("image.onnx"), "image", grey, 1, 40, 50, 3))
                .hasSize(TinyModel.DIM);
        assertThat(OrtRun.property(out.resolve("image.onnx"), "features")).isEqualTo("raw");
    }

    @Test
    void halfPrecisionIsForFilesAndGpus() throws OrtException, IOException {
        Path out = folder.resolve("onnx");
        CommandRun exported =
                CommandRun.of("export", "--model", model, "--precision", "fp16", "--preprocessing", "--out", out);
        assertThat(exported.exitCode()).as(exported.err()).isEqualTo(Clap.DONE);
        Path image = out.resolve("image.onnx");
        assertThat(OrtRun.property(image, "precision")).isEqualTo("fp16");
        byte[] grey = new byte[50 * 40 * 3];
        Arrays.fill(grey, (byte) 90);
        float[] half = OrtRun.bytes(image, "image", grey, 1, 40, 50, 3);
        long size = Files.size(image);
        CommandRun.of("export", "--model", model, "--preprocessing", "--out", out);
        float[] exact = OrtRun.bytes(image, "image", grey, 1, 40, 50, 3);
        Numbers.assertClose(half, exact, 1e-2);
        assertThat(half).isNotEqualTo(exact);
        assertThat((double) Files.size(image) / size).isBetween(1.7, 2.0);

        Path features = folder.resolve("features.safetensors");
        CommandRun run = CommandRun.of(
                "embed", "--model", model, "--precision", "fp16", "--images", firstImage(), "--out", features);
        assertThat(run.exitCode()).isEqualTo(Clap.FAILED);
        assertThat(run.err())
                .isEqualToIgnoringNewLines("clap: fp16 runs on GPUs only, not on cpu: the processor would convert"
                        + " numbers to 32 bits, and back");
        assertThat(features).doesNotExist();
    }

    @Test
    void precisionIsSaid() {
        Path dog = SamplePictures.folder("photo/dog");
        Path out = folder.resolve("features.safetensors");
        CommandRun run = CommandRun.of("embed", "--model", model, "--precision", "int8", "--images", dog, "--out", out);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.DONE);
        assertThat(run.err()).contains("cosine of image features", "the same best text for");
        assertThat(FeatureFiles.load(out.toString()).rows()).isEqualTo(12);
    }

    @Test
    void agreementIsMeasuredOnImages() {
        Path data = SamplePictures.folder("photo");
        CommandRun run = CommandRun.of("checkpoint", "quantize", "--model", model, "--images", data, "--json");
        assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.DONE);
        assertThat(run.out()).contains("\"images\"", "\"texts\"", "\"count\" : 7,", "\"least\" : 0.9", "\"sameText\"");
        CommandRun drawn = CommandRun.of("checkpoint", "quantize", "--model", model);
        assertThat(drawn.out()).contains("image features", "text features", "The best text is the same for");
    }

    @Test
    void wrongUseIsExplained() {
        Path out = folder.resolve("onnx");
        CommandRun alpha = CommandRun.of("export", "--model", model, "--alpha", "1", "--out", out);
        assertThat(alpha.exitCode()).isEqualTo(Clap.WRONG_USE);
        assertThat(alpha.err()).startsWith("clap: --alpha applies to a head; give one with --head");
        CommandRun precision = CommandRun.of("export", "--model", model, "--precision", "int4", "--out", out);
        assertThat(precision.exitCode()).isEqualTo(Clap.WRONG_USE);
        assertThat(precision.err()).contains("int4", "--precision");
        CommandRun one = CommandRun.of("checkpoint", "quantize", "--model", model, "--classes", "dog");
        assertThat(one.exitCode()).isEqualTo(Clap.WRONG_USE);
        assertThat(one.err()).contains("name two or more");
        assertThat(out).doesNotExist();
    }

    private static Path firstImage() throws IOException {
        try (Stream<Path> images = Files.list(SamplePictures.folder("photo/dog"))) {
            return images.sorted().toList().get(0);
        }
    }

    private static float[] pixels(Path image) {
        Preprocessing preprocessing = Preprocessing.openAi(SIZE);
        FloatBuffer pixels = FloatBuffer.allocate(3 * SIZE * SIZE);
        preprocessing.normalise(preprocessing.pixels(image, DecodeOptions.defaults()), pixels);
        return pixels.array();
    }

    private long[] tokens(String text) {
        try (ClipModel clip = ClipModel.load(model)) {
            return Arrays.stream(clip.texts().tokenizer().encode(text, Overflow.ERROR))
                    .asLongStream()
                    .toArray();
        }
    }

    private float[] embed(String kind, Path input) {
        Path out = folder.resolve("features.safetensors");
        List<Object> words = List.of(
                "embed", "--model", model, "--head", head, "--alpha", "0.5", "--normalise", kind, input, "--out", out);
        CommandRun run = CommandRun.of(words.toArray());
        assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.DONE);
        return FeatureFiles.load(out.toString()).values();
    }
}
