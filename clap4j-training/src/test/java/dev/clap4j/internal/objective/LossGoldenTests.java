package dev.clap4j.internal.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clap4j.Golden;
import dev.clap4j.Numbers;
import dev.clap4j.internal.blas.Matrix;
import dev.clap4j.internal.engine.CompiledNetwork;
import dev.clap4j.internal.engine.Forward;
import dev.clap4j.internal.engine.Input;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.SafetensorsFile;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TensorSource;
import dev.clap4j.internal.nn.GradientOps;
import dev.clap4j.internal.nn.Tape;
import dev.clap4j.internal.nn.TensorOps;
import dev.clap4j.internal.nn.Weights;
import dev.clap4j.internal.onnx.OrtEngine;
import dev.clap4j.training.objective.ClapObjective;
import dev.clap4j.training.objective.PairLoss;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every loss of the reference, value and gradient. */
class LossGoldenTests {
    /** The reference's fp32 and fp64 values differ by 4e-7. */
    private static final double VALUE = 1e-5;

    /** Relative to the largest value of each row, as some cases have rows of lengths from 1e-3 to 1e3. */
    private static final double GRADIENT = 1e-4;

    @TestFactory
    Stream<DynamicTest> cases() throws IOException {
        SafetensorsFile tensors = Golden.tensors("losses/losses.safetensors");
        JsonNode cases = Golden.json("losses/losses.json");
        assertThat(cases).isNotEmpty();
        return cases.valueStream()
                .map(node -> DynamicTest.dynamicTest(
                        node.get("case").asText() + " " + node.get("kind").asText(), () -> check(node, tensors)));
    }

    private static void check(JsonNode node, SafetensorsFile golden) {
        String name = node.get("case").asText();
        List<String> inputs = new ArrayList<>();
        node.get("inputs").forEach(input -> inputs.add(input.asText()));
        List<TensorData> blocks =
                inputs.stream().map(input -> golden.get(name + "." + input)).toList();
        Computed computed = computed(node, blocks);
        double expected = node.get("loss_fp64").asDouble();
        assertThat(computed.loss()).isCloseTo(expected, within(VALUE * Math.abs(expected) + 1e-9));
        TensorData gradient = TensorData.of(
                "gradient", computed.gradient(), blocks.size(), blocks.get(0).elements());
        for (int i = 0; i < inputs.size(); i++) {
            String key = name + "." + node.get("kind").asText() + ".grad_" + inputs.get(i);
            if (golden.contains(key)) {
                assertRowsClose(gradient.rows(i, 1).reshape(blocks.get(i).shape()), golden.get(key));
            }
        }
    }

    /** A loss and its gradient by all rows of all blocks. */
    private record Computed(double loss, float[] gradient) {}

    private static Computed computed(JsonNode node, List<TensorData> blocks) {
        double tau = node.path("tau").asDouble();
        return switch (node.get("kind").asText()) {
            case "InfoNCELoss" -> ofPairs(PairLoss.ntXent(tau), blocks);
            case "InfoNCELossBasic" -> ofPairs(PairLoss.infoNce(tau), blocks);
            case "SymmetricLoss" -> ofPairs(PairLoss.symmetric(tau), blocks);
            case "OrthogonalLoss" -> orthogonality(blocks.get(0), true);
            case "SequentialOrthogonalLoss" -> orthogonality(blocks.get(0), false);
            case "ClapObjective" -> clap(node, blocks);
            default -> throw new AssertionError(node);
        };
    }

    private static Computed ofPairs(PairLoss loss, List<TensorData> blocks) {
        return ofCosines(cosines -> PairLosses.of(loss, cosines, 0, cosines.rows() / 2, 1), blocks);
    }

    private static Computed clap(JsonNode node, List<TensorData> blocks) {
        ClapObjective objective = ClapObjective.official(
                node.get("tau_txt").asDouble(),
                node.get("tau_cnt").asDouble(),
                node.get("scale_coef").asDouble());
        return ofCosines(
                cosines -> {
                    BatchLoss loss = BatchLoss.of(objective, cosines);
                    assertThat(loss.parts().get("text_loss"))
                            .isCloseTo(node.get("loss_txt").asDouble(), within(1e-5));
                    assertThat(loss.parts().get("content_loss"))
                            .isCloseTo(node.get("loss_content").asDouble(), within(1e-5));
                    return loss.total();
                },
                blocks);
    }

    private static Computed ofCosines(ToDoubleFunction<Cosines> loss, List<TensorData> blocks) {
        int n = (int) blocks.get(0).shape()[0];
        int width = (int) blocks.get(0).shape()[1];
        Matrix rows = Matrix.zeros(n * blocks.size(), width);
        for (int i = 0; i < blocks.size(); i++) {
            rows.values().put(i * n * width, blocks.get(i).toFloats());
        }
        Cosines cosines = new Cosines(rows.rows(), width);
        cosines.measure(rows);
        double value = loss.applyAsDouble(cosines);
        float[] gradient = new float[rows.rows() * width];
        cosines.gradient().values().get(0, gradient);
        return new Computed(value, gradient);
    }

    /** Of all pairs of different rows, or of the last row with all before it. */
    private static Computed orthogonality(TensorData rows, boolean all) {
        int n = (int) rows.shape()[0];
        int pairs = all ? n * (n - 1) : n - 1;
        float[] shares = new float[n * n];
        for (int i = all ? 0 : n - 1; i < n; i++) {
            for (int j = 0; j < n; j++) {
                shares[i * n + j] = i == j ? 0 : 1f / pairs;
            }
        }
        TensorData weights = TensorData.of("shares", shares, n, n);
        try (CompiledNetwork network = OrtEngine.create(1)
                .compile(
                        new Diversity(weights, (int) rows.shape()[1]),
                        List.of(new Input("rows", DataType.F32, rows.shape())),
                        TensorSource.of(Map.of(), "nothing"))) {
            float[] lossAndGradient = network.run(rows.toF32()).toFloats();
            return new Computed(lossAndGradient[0], Arrays.copyOfRange(lossAndGradient, 1, lossAndGradient.length));
        }
    }

    private record Diversity(TensorData shares, int width) implements Forward {
        @Override
        public <T> T apply(TensorOps<T> ops, Weights<T> none, List<T> inputs) {
            Tape<T> tape = new Tape<>(ops);
            GradientOps<T> g = new GradientOps<>(tape);
            Tape.Value<T> rows = tape.variable(inputs.get(0), shares.shape()[0], width);
            Tape.Value<T> loss = Orthogonality.of(g, rows, rows, g.constant(shares));
            T gradient = tape.gradients(loss, List.of(rows)).get(0);
            return ops.concat(0, List.of(loss.tensor(), ops.reshape(gradient, -1)));
        }
    }

    private static void assertRowsClose(TensorData actual, TensorData expected) {
        assertThat(actual.shape()).isEqualTo(expected.shape());
        int width = (int) expected.shape()[1];
        float[] a = actual.toFloats();
        float[] e = expected.toFloats();
        for (int start = 0; start < e.length; start += width) {
            float[] row = Arrays.copyOfRange(e, start, start + width);
            // A gradient that vanishes (a loss at its minimum) is rounding noise in the reference.
            float[] noiseFree = largest(row) < 1e-7 ? new float[width] : row;
            if (noiseFree == row) {
                Numbers.assertClose(Arrays.copyOfRange(a, start, start + width), row, GRADIENT);
            } else {
                assertThat(largest(Arrays.copyOfRange(a, start, start + width))).isLessThan(1e-6);
            }
        }
    }

    private static double largest(float[] values) {
        double largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }
}
