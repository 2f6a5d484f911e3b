package dev.clap4j.internal.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtException;
import dev.clap4j.ClapException;
import dev.clap4j.Golden;
import dev.clap4j.Numbers;
import dev.clap4j.OrtRun;
import dev.clap4j.Precision;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.head.Head;
import dev.clap4j.head.HeadInfo;
import dev.clap4j.internal.checkpoint.Checkpoint;
import dev.clap4j.internal.checkpoint.RandomCheckpoint;
import dev.clap4j.internal.classify.ZeroShotClassifier;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.clip.PreparedInputs;
import dev.clap4j.internal.head.HeadAccess;
import dev.clap4j.internal.io.SafetensorsFile;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.nn.Activation;
import dev.clap4j.internal.nn.ResidualMlp;
import dev.clap4j.internal.onnx.Operators;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClipExportTests {
    private static final ExportOptions RAW = new ExportOptions(Precision.FP32, Operators.STANDARD, false, false);
    private static final ExportOptions FUSED = new ExportOptions(Precision.FP32, Operators.ONNX_RUNTIME, false, false);
    private static final ExportOptions UNIT = new ExportOptions(Precision.FP32, Operators.STANDARD, true, false);

    /** The files and our encoders do the same arithmetic. */
    private static final double TOLERANCE = 1e-5;

    @TempDir
    private Path folder;

    /** Against the reference's features, in every layout with its own rule of where texts end. */
    @ParameterizedTest
    @CsvSource({
        "clip-vit-tiny/openai/model.safetensors, clip-vit-tiny, ''",
        "clip-vit-tiny/huggingface, clip-vit-tiny, ''",
        "clip-resnet-tiny/openai/model.safetensors, clip-resnet-tiny, ''",
        "openclip-naming, openclip-naming, quickgelu_",
    })
    void filesGiveTheReferencesFeatures(String model, String golden, String prefix) throws OrtException {
        SafetensorsFile io = Golden.tensors(golden + "/io.safetensors");
        for (ExportOptions options : List.of(RAW, FUSED)) {
            assertReferencesFeatures(
                    ClipExport.of(Checkpoint.open(Golden.file(model)), Optional.empty(), 0, options), io, prefix);
        }
    }

    private void assertReferencesFeatures(ClipExport export, SafetensorsFile io, String prefix) throws OrtException {
        Path image = export.image(folder.resolve("image.onnx")).get(0);
        Path text = export.text(folder.resolve("text.onnx")).get(0);
        TensorData pixels = io.get("image");
        TensorData tokens = io.get("tokens");
        float[] images = OrtRun.floats(image, "pixels", pixels.toFloats(), pixels.shape());
        float[] texts = OrtRun.longs(text, "tokens", tokens.toLongs(), tokens.shape());
        // The contract of GoldenFeaturesContract.
        Numbers.assertClose(images, io.get(prefix + "image_features").toFloats(), 1e-4);
        Numbers.assertClose(texts, io.get(prefix + "text_features").toFloats(), 1e-4);
    }

    @Test
    void theHeadIsFoldedIntoBothEncoders() throws OrtException {
        Checkpoint checkpoint = tiny();
        Head head = head(64, 48);
        float[] pixels = numbers(2 * 3 * 32 * 32);
        long[] tokens = tokens();
        try (ClipModel clip = ClipModel.load(folder.resolve("model"))) {
            FeatureMatrix images = PreparedInputs.encodePixels(clip, TensorData.of("pixels", pixels, 2, 3, 32, 32));
            FeatureMatrix texts = PreparedInputs.encodeTokens(clip, TensorData.of("tokens", tokens, 2, 9));
            for (ExportOptions options : List.of(RAW, UNIT)) {
                ClipExport export = ClipExport.of(checkpoint, Optional.of(head), 0.7f, options);
                Path image = export.image(folder.resolve("image.onnx")).get(0);
                Path text = export.text(folder.resolve("text.onnx")).get(0);
                Numbers.assertClose(
                        OrtRun.floats(image, "pixels", pixels, 2, 3, 32, 32),
                        expected(head.apply(images, 0.7f), options),
                        TOLERANCE);
                Numbers.assertClose(
                        OrtRun.longs(text, "tokens", tokens, 2, 9),
                        expected(head.apply(texts, 0.7f), options),
                        TOLERANCE);
                assertThat(OrtRun.property(image, "head_alpha")).isEqualTo("0.7");
                assertThat(OrtRun.property(image, "model")).isEqualTo(checkpoint.fingerprint());
                assertThat(OrtRun.property(text, "features")).isEqualTo(options.normalised() ? "normalised" : "raw");
            }
        }
    }

    private static float[] expected(FeatureMatrix features, ExportOptions options) {
        return options.normalised() ? features.normalised().values() : features.values();
    }

    @ParameterizedTest
    @CsvSource({"FP32, 1e-5", "FP16, 1e-2"})
    void theClassifierKnowsItsClasses(Precision precision, double tolerance) throws OrtException {
        Checkpoint checkpoint = tiny();
        FeatureMatrix classes = new FeatureMatrix(List.of("dog", "alarm clock", "\"x\""), 64, numbers(3 * 64));
        float[] pixels = numbers(2 * 3 * 32 * 32);
        ExportOptions options = new ExportOptions(precision, Operators.STANDARD, true, false);
        Path file = ClipExport.of(checkpoint, Optional.empty(), 0, options)
                .classifier(folder.resolve("classifier.onnx"), classes)
                .get(0);
        try (ClipModel clip = ClipModel.load(folder.resolve("model"))) {
            FeatureMatrix images = PreparedInputs.encodePixels(clip, TensorData.of("pixels", pixels, 2, 3, 32, 32));
            float[][] rows =
                    ZeroShotClassifier.of(classes, checkpoint.expLogitScale()).probabilities(images);
            float[] found = OrtRun.floats(file, "pixels", pixels, 2, 3, 32, 32);
            Numbers.assertClose(Arrays.copyOf(found, 3), rows[0], tolerance);
            Numbers.assertClose(Arrays.copyOfRange(found, 3, 6), rows[1], tolerance);
        }
        assertThat(OrtRun.property(file, "labels")).isEqualTo("[\"dog\",\"alarm clock\",\"\\\"x\\\"\"]");
        assertThat(OrtRun.property(file, "preprocessing")).contains("\"size\":32", "\"filter\":\"bicubic\"");
    }

    @ParameterizedTest
    @CsvSource({"FP16, 0.9999, 1.9", "INT8, 0.99, 2"})
    void fewerBitsGiveNearlyTheSameInLessSpace(Precision precision, double least, double times) throws OrtException {
        Checkpoint checkpoint = tiny();
        float[] pixels = numbers(4 * 3 * 32 * 32);
        ExportOptions quantised = new ExportOptions(precision, Operators.STANDARD, true, false);
        Path exact = ClipExport.of(checkpoint, Optional.empty(), 0, UNIT)
                .image(folder.resolve("exact.onnx"))
                .get(0);
        Path rounded = ClipExport.of(checkpoint, Optional.empty(), 0, quantised)
                .image(folder.resolve("rounded.onnx"))
                .get(0);
        float[] a = OrtRun.floats(exact, "pixels", pixels, 4, 3, 32, 32);
        float[] b = OrtRun.floats(rounded, "pixels", pixels, 4, 3, 32, 32);
        for (int row = 0; row < 4; row++) {
            double cosine = 0;
            for (int i = 64 * row; i < 64 * (row + 1); i++) {
                cosine += a[i] * b[i];
            }
            assertThat(cosine).isBetween(least, 1.000001);
        }
        assertThat(b).isNotEqualTo(a);
        assertThat((double) exact.toFile().length() / rounded.toFile().length()).isGreaterThan(times);
        assertThat(OrtRun.property(rounded, "precision")).isEqualTo(precision.toString());
    }

    @Test
    void whatDoesNotFitIsRefused() {
        Checkpoint checkpoint = tiny();
        assertThatThrownBy(() -> ClipExport.of(checkpoint, Optional.of(head(65, 65)), 1, RAW))
                .isInstanceOf(ClapException.class)
                .hasMessageContaining("65");
        assertThatThrownBy(() -> ClipExport.of(checkpoint, Optional.empty(), Float.NaN, RAW))
                .isInstanceOf(ClapException.class)
                .hasMessageContaining("finite");
    }

    private Checkpoint tiny() {
        RandomCheckpoint.write("tiny", 1, Optional.empty(), folder.resolve("model"));
        return Checkpoint.open(folder.resolve("model"));
    }

    private static Head head(int in, int out) {
        ResidualMlp network = new ResidualMlp(in, 16, out, 1, Activation.SILU);
        List<TensorData> weights = new ArrayList<>();
        network.shapes()
                .asMap()
                .forEach((name, shape) -> weights.add(
                        TensorData.of(name, numbers((int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)), shape)));
        return HeadAccess.of(network, HeadInfo.UNKNOWN, weights);
    }

    /** Two texts that end at different places; the highest id is the end. */
    private static long[] tokens() {
        return new long[] {
            49406, 320, 1929, 49407, 0, 0, 0, 0, 0, //
            49406, 320, 1125, 539, 320, 2368, 7, 49407, 0
        };
    }

    private static float[] numbers(int count) {
        Random random = new Random(count);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian() / 2;
        }
        return values;
    }
}
