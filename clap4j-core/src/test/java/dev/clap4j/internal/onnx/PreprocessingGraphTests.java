package dev.clap4j.internal.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtException;
import dev.clap4j.ClapException;
import dev.clap4j.OrtRun;
import dev.clap4j.Precision;
import dev.clap4j.internal.engine.Input;
import dev.clap4j.internal.image.Bitmap;
import dev.clap4j.internal.image.PixelMode;
import dev.clap4j.internal.image.Preprocessing;
import dev.clap4j.internal.image.PreprocessingStep;
import dev.clap4j.internal.image.PreprocessingStep.CentreCrop;
import dev.clap4j.internal.image.PreprocessingStep.Fit;
import dev.clap4j.internal.image.PreprocessingStep.Resize;
import dev.clap4j.internal.image.PreprocessingStep.Rounding;
import dev.clap4j.internal.image.PreprocessingStep.ToRgb;
import dev.clap4j.internal.image.Resampling;
import dev.clap4j.internal.io.DataType;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreprocessingGraphTests {
    private static final int SIZE = 64;

    @TempDir
    private Path folder;

    /** Both round after each pass; their weights, in integers, differ in the last digits: one level, here and there. */
    @ParameterizedTest
    @CsvSource({
        "SHORTEST_EDGE, BICUBIC, 64, 300, 225, HALF_EVEN",
        "SHORTEST_EDGE, BICUBIC, 64, 225, 301, HALF_EVEN",
        "SHORTEST_EDGE, BICUBIC, 72, 131, 99, HALF_EVEN",
        "SHORTEST_EDGE, BILINEAR, 64, 50, 31, HALF_EVEN",
        "SHORTEST_EDGE, BICUBIC, 64, 64, 64, HALF_EVEN",
        "SHORTEST_EDGE, BICUBIC, 65, 65, 67, HALF_EVEN",
        "SHORTEST_EDGE, BICUBIC, 64, 225, 301, FLOOR",
        "SHORTEST_EDGE, BICUBIC, 65, 65, 67, FLOOR",
        "SQUASH, BICUBIC, 64, 333, 120, FLOOR",
    })
    void pixelsAreThoseOfThePreprocessing(
            Fit fit, Resampling filter, int resize, int width, int height, Rounding rounding) throws OrtException {
        float[] mean = {0.48f, 0.46f, 0.41f};
        float[] std = {0.27f, 0.26f, 0.28f};
        Preprocessing preprocessing =
                new Preprocessing(steps(new Resize(fit, resize, filter), rounding), SIZE, mean, std);
        byte[] image = image(width, height);
        FloatBuffer expected = FloatBuffer.allocate(3 * SIZE * SIZE);
        preprocessing.normalise(preprocessing.pixels(Bitmap.of(PixelMode.RGB, width, height, image)), expected);

        float[] pixels = OrtRun.bytes(write(preprocessing), "image", image, 1, height, width, 3);

        int different = 0;
        for (int i = 0; i < pixels.length; i++) {
            double levels = Math.abs(pixels[i] - expected.get(i)) * 255 * std[i / (SIZE * SIZE)];
            assertThat(levels).as("place %s", i).isLessThan(1.01);
            different += levels > 0.01 ? 1 : 0;
        }
        assertThat(different).isLessThan(pixels.length / 200);
    }

    @Test
    void whatHasNoOperatorsIsRefused() {
        float[] ones = {1, 1, 1};
        List<List<PreprocessingStep>> needABorder = List.of(
                List.of(new CentreCrop(SIZE, Rounding.FLOOR, 0), new ToRgb()),
                steps(new Resize(Fit.SHORTEST_EDGE, SIZE - 1, Resampling.BICUBIC), Rounding.FLOOR),
                steps(new Resize(Fit.LONGEST_EDGE, SIZE, Resampling.BICUBIC), Rounding.HALF_EVEN));
        for (List<PreprocessingStep> steps : needABorder) {
            assertThatThrownBy(() -> write(new Preprocessing(steps, SIZE, ones, ones)))
                    .isInstanceOf(ClapException.class)
                    .hasMessageContaining("cannot be put into the graph");
        }
        List<PreprocessingStep> lanczos = steps(new Resize(Fit.SQUASH, SIZE, Resampling.LANCZOS), Rounding.FLOOR);
        assertThatThrownBy(() -> write(new Preprocessing(lanczos, SIZE, ones, ones)))
                .isInstanceOf(ClapException.class)
                .hasMessageContaining("lanczos");
    }

    private static List<PreprocessingStep> steps(Resize resize, Rounding rounding) {
        return resize.fit() == Fit.SQUASH
                ? List.of(new ToRgb(), resize)
                : List.of(resize, new CentreCrop(SIZE, rounding, 0), new ToRgb());
    }

    private Path write(Preprocessing preprocessing) {
        OnnxGraph graph = new OnnxGraph();
        OnnxValue pixels = new PreprocessingGraph(graph, new OnnxOps(graph, Precision.FP32, Operators.STANDARD))
                .pixels(preprocessing);
        graph.output(new Input("pixels", DataType.F32, -1, 3, SIZE, SIZE), pixels);
        return new OnnxFile(graph).write(folder.resolve("preprocessing.onnx")).get(0);
    }

    /** Waves and noise. */
    private static byte[] image(int width, int height) {
        Random random = new Random(7);
        byte[] image = new byte[width * height * 3];
        for (int i = 0; i < image.length; i++) {
            int across = i / 3 % width;
            int down = i / 3 / width;
            double wave = Math.sin(0.13 * across + 0.07 * down + i % 3);
            image[i] = (byte) Math.max(0, Math.min(255, 128 + 90 * wave + 40 * random.nextGaussian()));
        }
        return image;
    }
}
