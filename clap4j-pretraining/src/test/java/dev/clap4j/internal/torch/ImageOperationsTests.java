package dev.clap4j.internal.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.Numbers;
import dev.clap4j.internal.engine.CompiledNetwork;
import dev.clap4j.internal.engine.Engine;
import dev.clap4j.internal.engine.Forward;
import dev.clap4j.internal.engine.Input;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TensorSource;
import dev.clap4j.internal.nn.MatrixWork;
import dev.clap4j.internal.nn.TensorOps;
import dev.clap4j.internal.nn.Weights;
import dev.clap4j.internal.onnx.OrtEngine;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Operations on feature maps by both engines, against loops in double precision; shapes against {@link MatrixWork}. */
class ImageOperationsTests {
    private static final int ROWS = 3;
    private static final int CHANNELS = 6;
    private static final int GROUPS = 2;
    private static final float EPSILON = 1e-5f;

    private static final TensorData SCALE = random("scale", 1, CHANNELS);
    private static final TensorData SHIFT = random("shift", 1, CHANNELS);

    private record Affine() implements TensorSource {
        @Override
        public Set<String> names() {
            return Set.of(SCALE.name(), SHIFT.name());
        }

        @Override
        public TensorData get(String name) {
            return name.equals(SCALE.name()) ? SCALE : SHIFT;
        }
    }

    private static TensorData random(String name, float size, long... shape) {
        Random random = new Random(name.hashCode());
        float[] values = new float[(int) Arrays.stream(shape).reduce(1, Math::multiplyExact)];
        for (int i = 0; i < values.length; i++) {
            values[i] = size * (float) random.nextGaussian();
        }
        return TensorData.of(name, values, shape);
    }

    private static Engine engine(String name) {
        return name.equals("ort") ? OrtEngine.create() : TorchEngine.create();
    }

    private static float[] run(String engine, Forward network, TensorData x, TensorData like) {
        List<Input> inputs = List.of(
                new Input("x", DataType.F32, -1, CHANNELS, -1, -1), new Input("like", DataType.F32, -1, -1, -1, -1));
        MatrixWork work = new MatrixWork();
        long[] shape = network.apply(work, name -> SCALE.shape(), List.of(x.shape(), like.shape()));
        try (CompiledNetwork compiled = engine(engine).compile(network, inputs, new Affine())) {
            TensorData y = compiled.run(x, like);
            assertThat(y.shape()).isEqualTo(shape);
            return y.toFloats();
        }
    }

    private static <T> T norm(TensorOps<T> ops, Weights<T> w, List<T> x) {
        return ops.groupNorm(x.get(0), w.get("scale"), w.get("shift"), GROUPS, EPSILON);
    }

    /** Small values show the epsilon, a large mean shows how the variance is computed. */
    @ParameterizedTest
    @CsvSource({"ort, 1, 0", "ort, 0.003, 0", "ort, 1, 100", "torch, 1, 0", "torch, 0.003, 0", "torch, 1, 100"})
    void groupsAreNormalised(String engine, float size, float mean) {
        int pixels = 5 * 7;
        float[] values = random("x", size, ROWS, CHANNELS, pixels).toFloats();
        for (int i = 0; i < values.length; i++) {
            values[i] += mean;
        }
        TensorData x = TensorData.of("x", values, ROWS, CHANNELS, 5, 7);
        int part = CHANNELS / GROUPS * pixels;
        float[] expected = new float[values.length];
        for (int first = 0; first < values.length; first += part) {
            double average = 0;
            double variance = 0;
            for (int i = first; i < first + part; i++) {
                average += values[i] / (double) part;
            }
            for (int i = first; i < first + part; i++) {
                variance += Math.pow(values[i] - average, 2) / part;
            }
            for (int i = first; i < first + part; i++) {
                int channel = i / pixels % CHANNELS;
                double normal = (values[i] - average) / Math.sqrt(variance + EPSILON);
                expected[i] = (float) (normal * SCALE.floatAt(channel) + SHIFT.floatAt(channel));
            }
        }
        Numbers.assertClose(run(engine, ImageOperationsTests::norm, x, x), expected, mean == 0 ? 1e-6 : 1e-5);
    }

    private static <T> T like(TensorOps<T> ops, Weights<T> w, List<T> x) {
        return ops.upsampleLike(x.get(0), x.get(1));
    }

    @ParameterizedTest
    @CsvSource({"ort, 10, 14", "ort, 9, 13", "ort, 9, 14", "ort, 5, 7", "torch, 9, 13", "torch, 10, 13"})
    void mapsAreEnlargedToAnySize(String engine, int height, int width) {
        TensorData x = random("x", 1, ROWS, CHANNELS, 5, 7);
        float[] expected = new float[ROWS * CHANNELS * height * width];
        for (int i = 0; i < expected.length; i++) {
            int row = i / width % height * 5 / height;
            int column = i % width * 7 / width;
            expected[i] = x.floatAt(i / (width * height) * 35 + row * 7 + column);
        }
        TensorData like = random("like", 1, ROWS, 2, height, width);
        assertThat(run(engine, ImageOperationsTests::like, x, like)).isEqualTo(expected);
    }

    private static <T> T tripled(TensorOps<T> ops, Weights<T> w, List<T> x) {
        return ops.upsample2d(x.get(0), 3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ort", "torch"})
    void mapsAreEnlargedByAFactor(String engine) {
        TensorData x = random("x", 1, ROWS, CHANNELS, 2, 3);
        float[] expected = new float[ROWS * CHANNELS * 6 * 9];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = x.floatAt(i / 54 * 6 + i / 9 % 6 / 3 * 3 + i % 9 / 3);
        }
        assertThat(run(engine, ImageOperationsTests::tripled, x, x)).isEqualTo(expected);
    }

    private static <T> T padded(TensorOps<T> ops, Weights<T> w, List<T> x) {
        return ops.pad(ops.pad(x.get(0), 2, 0, 1), 3, 0, 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ort", "torch"})
    void mapsArePaddedAtTheirEnds(String engine) {
        TensorData x = random("x", 1, ROWS, CHANNELS, 2, 3);
        float[] expected = new float[ROWS * CHANNELS * 3 * 4];
        for (int i = 0; i < expected.length; i++) {
            int row = i / 4 % 3;
            int column = i % 4;
            expected[i] = row == 2 || column == 3 ? 0 : x.floatAt(i / 12 * 6 + row * 3 + column);
        }
        assertThat(run(engine, ImageOperationsTests::padded, x, x)).isEqualTo(expected);
    }

    private static <T> T tokensAndBack(TensorOps<T> ops, Weights<T> w, List<T> x) {
        return ops.reshapeLike(ops.reshape(x.get(0), 0, CHANNELS, -1), x.get(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ort", "torch"})
    void mapsGetTheShapeOfOthers(String engine) {
        TensorData x = random("x", 1, ROWS, CHANNELS, 4, 3);
        TensorData like = random("like", 1, ROWS, CHANNELS, 2, 6);
        assertThat(run(engine, ImageOperationsTests::tokensAndBack, x, like)).isEqualTo(x.toFloats());
    }
}
