package dev.clap4j.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.checkpoint.Checkpoint;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.clip.PreparedInputs;
import dev.clap4j.internal.onnx.OrtEngine;
import dev.clap4j.internal.tokenizer.Overflow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Published models of every family, at their real size with made-up weights, against the reference's features. {@code
 * -Dclap4j.zoo=NAME,NAME} runs some of them; each prints its error.
 */
class ZooTests {
    /** Rounding alone moves the features of deep residual networks by nearly as much. */
    private static final double TOLERANCE = 1e-3;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("smallest")
    void theSmallestOfAFamily(ZooModel model) throws IOException {
        compare(model);
    }

    @Tag("zoo")
    @ParameterizedTest
    @MethodSource("others")
    void everyOther(ZooModel model) throws IOException {
        compare(model);
    }

    static List<ZooModel> smallest() {
        return ZooModel.smallestOfEachFamily().stream().filter(ZooTests::chosen).toList();
    }

    static List<ZooModel> others() {
        List<ZooModel> small = ZooModel.smallestOfEachFamily();
        return ZooModel.all().stream()
                .filter(model -> !small.contains(model) && chosen(model))
                .toList();
    }

    private static boolean chosen(ZooModel model) {
        String some = System.getProperty("clap4j.zoo", "");
        return some.isEmpty() || List.of(some.split(",")).contains(model.name());
    }

    private void compare(ZooModel model) throws IOException {
        model.write(folder);
        try (ClipModel clip = ClipModel.of(Checkpoint.open(folder), OrtEngine.create(), Overflow.ERROR)) {
            double images = error(
                    image -> PreparedInputs.encodePixels(clip, model.pixels().rows(image, 1)),
                    model.features("image_features"));
            double texts = error(
                    text -> PreparedInputs.encodeTokens(clip, model.tokens().rows(text, 1)),
                    model.features("text_features"));
            System.out.printf("zoo | %-36s | %8.1e | %8.1e |%n", model, images, texts);
            assertThat(images).as("error of image features").isLessThanOrEqualTo(TOLERANCE);
            assertThat(texts).as("error of text features").isLessThanOrEqualTo(TOLERANCE);
        }
    }

    /**
     * Returns the largest difference of any row, as a part of the row's largest value. CoCa's reference returns features
     * of length 1. Where made-up weights are too much for 32-bit floats, the reference's row is NaN, and so must ours be.
     */
    private static double error(IntFunction<FeatureMatrix> encoder, float[][] expected) {
        double worst = 0;
        for (int row = 0; row < expected.length; row++) {
            int place = row;
            if (Float.isNaN(expected[row][0])) {
                assertThatThrownBy(() -> encoder.apply(place))
                        .isInstanceOf(ClapException.class)
                        .hasMessageContaining("NaN");
            } else {
                worst = Math.max(worst, error(encoder.apply(row), expected[row]));
            }
        }
        return worst;
    }

    private static double error(FeatureMatrix features, float[] expected) {
        FeatureMatrix reference = new FeatureMatrix(features.ids(), expected.length, expected);
        boolean unit = Arrays.equals(rounded(reference.normalised().values()), rounded(expected));
        float[] found = (unit ? features.normalised() : features).values();
        assertThat(found).hasSameSizeAs(expected);
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            difference = Math.max(difference, Math.abs(found[i] - expected[i]));
        }
        return difference / largest;
    }

    private static int[] rounded(float[] values) {
        return IntStream.range(0, values.length)
                .map(i -> Math.round(values[i] * 10_000))
                .toArray();
    }
}
