package dev.clap4j.internal.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.Numbers;
import dev.clap4j.OrtRun;
import dev.clap4j.Precision;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.checkpoint.Checkpoint;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.clip.PreparedInputs;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.onnx.Operators;
import dev.clap4j.internal.onnx.OrtEngine;
import dev.clap4j.internal.tokenizer.Overflow;
import dev.clap4j.zoo.TinyFamily;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A model of every family in all forms: in memory, exported with either set of operators, in 16 bits and in 8. */
class FamilyExportTests {
    private static final double TOLERANCE = 1e-4;

    /** Every rounding is by up to one part in 2048. */
    private static final double HALF_TOLERANCE = 1e-2;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("dev.clap4j.zoo.TinyFamily#names")
    void allFormsGiveTheSameFeatures(String name) throws Exception {
        TinyFamily family = TinyFamily.write(name, folder.resolve("model"));
        TensorData pixels = family.pixels();
        TensorData tokens = family.tokens();
        try (ClipModel exact = model(family.checkpoint(), Precision.FP32);
                ClipModel quantised = model(family.checkpoint(), Precision.INT8)) {
            FeatureMatrix images = PreparedInputs.encodePixels(exact, pixels);
            FeatureMatrix texts = PreparedInputs.encodeTokens(exact, tokens);
            assertThat(texts.row(0)).isNotEqualTo(texts.row(1));
            for (Operators operators : Operators.values()) {
                for (Precision precision : List.of(Precision.FP32, Precision.FP16)) {
                    ExportOptions options = new ExportOptions(precision, operators, false, false);
                    ClipExport export = ClipExport.of(family.checkpoint(), Optional.empty(), 0, options);
                    double tolerance = precision == Precision.FP32 ? TOLERANCE : HALF_TOLERANCE;
                    Path image = export.image(folder.resolve("image.onnx")).get(0);
                    Numbers.assertClose(
                            OrtRun.floats(image, "pixels", pixels.toFloats(), pixels.shape()),
                            images.values(),
                            tolerance);
                    Path text = export.text(folder.resolve("text.onnx")).get(0);
                    Numbers.assertClose(
                            OrtRun.longs(text, "tokens", tokens.toLongs(), tokens.shape()), texts.values(), tolerance);
                }
            }
            assertAlike(PreparedInputs.encodePixels(quantised, pixels), images);
            assertAlike(PreparedInputs.encodeTokens(quantised, tokens), texts);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.clap4j.zoo.TinyFamily#names")
    void aTextsFeaturesDoNotDependOnOtherTexts(String name) {
        TinyFamily family = TinyFamily.write(name, folder.resolve("model"));
        TensorData tokens = family.tokens();
        long length = tokens.shape()[1];
        long[] ids = tokens.toLongs();
        try (ClipModel model = model(family.checkpoint(), Precision.FP32)) {
            FeatureMatrix together = PreparedInputs.encodeTokens(model, tokens);
            TensorData twice = TensorData.of(
                    "tokens",
                    List.of(2, 0, 2, 1, 0).stream()
                            .flatMapToLong(row -> Arrays.stream(ids, (int) (row * length), (int) ((row + 1) * length)))
                            .toArray(),
                    5,
                    length);
            FeatureMatrix mixed = PreparedInputs.encodeTokens(model, twice);
            for (int row = 0; row < 5; row++) {
                Numbers.assertClose(
                        mixed.row(row), together.row(List.of(2, 0, 2, 1, 0).get(row)), 1e-5);
            }
        }
    }

    private static ClipModel model(Checkpoint checkpoint, Precision precision) {
        return ClipModel.of(checkpoint, OrtEngine.create().withPrecision(precision), Overflow.ERROR);
    }

    private static void assertAlike(FeatureMatrix quantised, FeatureMatrix exact) {
        float[] one = quantised.normalised().values();
        float[] other = exact.normalised().values();
        double cosines = 0;
        for (int i = 0; i < one.length; i++) {
            cosines += one[i] * other[i];
        }
        assertThat(cosines / exact.rows()).isGreaterThan(0.98);
    }
}
