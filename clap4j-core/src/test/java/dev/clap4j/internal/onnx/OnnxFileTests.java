package dev.clap4j.internal.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import dev.clap4j.OrtRun;
import dev.clap4j.Precision;
import dev.clap4j.internal.engine.Input;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.TensorData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OnnxFileTests {
    private static final int IN = 48;
    private static final int OUT = 40;

    @TempDir
    private Path folder;

    private final Random random = new Random(5);
    private final float[] weight = numbers(OUT * IN);
    private final float[] bias = numbers(OUT);
    private final float[] x = numbers(2 * 3 * IN);

    @Test
    void weightsInAFileOfTheirOwnGiveTheSame() throws OrtException, IOException {
        OnnxFile file = layer(Precision.FP32).with("author", "nobody");
        Path whole = folder.resolve("whole.onnx");
        Path parted = folder.resolve("parted.onnx");
        assertThat(file.write(whole)).containsExactly(whole);
        assertThat(file.write(parted, OUT * IN * 4L)).containsExactly(parted, folder.resolve("parted.onnx.data"));
        assertThat(Files.size(parted)).isLessThan(2000);
        assertThat(OrtRun.property(parted, "author")).isEqualTo("nobody");
        assertThat(run(parted)).containsExactly(run(whole));
    }

    /**
     * In integers a weight is off by half its scale, and an activation by a whole one, since its zero is rounded too. In
     * 16-bit floats each number is off by at most one part in 2048.
     */
    @ParameterizedTest
    @EnumSource(Precision.class)
    void aLayerIsThatOfTheFormula(Precision precision) throws OrtException {
        Path file = layer(precision).write(folder.resolve("layer.onnx")).get(0);
        float[] y = run(file);
        double scaleOfX = range(x) / 255;
        double worst = 0;
        for (int row = 0; row < 6; row++) {
            for (int o = 0; o < OUT; o++) {
                double expected = bias[o];
                double bound = 1e-5 + (precision == Precision.FP16 ? Math.abs(bias[o]) / 2048 : 0);
                double scale = 0;
                for (int i = 0; i < IN; i++) {
                    scale = Math.max(scale, Math.abs(weight[o * IN + i]) / 127);
                }
                for (int i = 0; i < IN; i++) {
                    double w = weight[o * IN + i];
                    double value = x[row * IN + i];
                    expected += w * value;
                    bound += switch (precision) {
                        case FP32 -> 0;
                        case FP16 -> 2 * Math.abs(w * value) / 2048;
                        case INT8 -> scaleOfX * (Math.abs(w) + scale) + 0.5 * scale * Math.abs(value);
                    };
                }
                bound += precision == Precision.FP16 ? Math.abs(expected) / 2048 : 0;
                double error = Math.abs(y[row * OUT + o] - expected);
                assertThat(error).isLessThan(bound);
                worst = Math.max(worst, error);
            }
        }
        assertThat(worst > 1e-4).as("whether numbers were rounded").isEqualTo(precision != Precision.FP32);
    }

    private OnnxFile layer(Precision precision) {
        OnnxGraph graph = new OnnxGraph();
        OnnxOps ops = new OnnxOps(graph, precision, Operators.STANDARD);
        OnnxValue input = ops.input(new Input("x", DataType.F32, -1, -1, IN));
        OnnxValue product = ops.linear(
                input, ops.constant(TensorData.of("w", weight, OUT, IN)), ops.constant(TensorData.of("b", bias, OUT)));
        graph.output(new Input("y", DataType.F32, -1, -1, OUT), ops.toF32(product));
        assertThat(graph.model().getGraph().getInitializerList())
                .as("weights that no node reads")
                .allMatch(tensor -> graph.model().getGraph().getNodeList().stream()
                        .anyMatch(node -> node.getInputList().contains(tensor.getName())));
        return new OnnxFile(graph);
    }

    private float[] run(Path file) throws OrtException {
        return OrtRun.floats(file, "x", x, 2, 3, IN);
    }

    /** A range of 255 steps must hold the numbers, and 0. */
    private static double range(float[] values) {
        double least = 0;
        double largest = 0;
        for (float value : values) {
            least = Math.min(least, value);
            largest = Math.max(largest, value);
        }
        return largest - least;
    }

    private float[] numbers(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
