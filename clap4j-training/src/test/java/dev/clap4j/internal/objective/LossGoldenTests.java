package dev.clap4j.internal.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clap4j.Golden;
import dev.clap4j.Numbers;
import dev.clap4j.internal.io.SafetensorsFile;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.torch.NativeScope;
import dev.clap4j.internal.torch.Tensors;
import dev.clap4j.training.objective.ClapObjective;
import dev.clap4j.training.objective.PairLoss;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
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
        NativeScope.run(() -> {
            String name = node.get("case").asText();
            List<String> inputs = new ArrayList<>();
            node.get("inputs").forEach(input -> inputs.add(input.asText()));
            List<Tensor> blocks = inputs.stream()
                    .map(input -> Tensors.asFloats(golden.get(name + "." + input)))
                    .toList();
            Computed computed = computed(node, blocks);
            double expected = node.get("loss_fp64").asDouble();
            assertThat(computed.loss()).isCloseTo(expected, within(VALUE * Math.abs(expected) + 1e-9));
            for (int i = 0; i < inputs.size(); i++) {
                String key = name + "." + node.get("kind").asText() + ".grad_" + inputs.get(i);
                if (golden.contains(key)) {
                    assertRowsClose(Tensors.toData(key, computed.gradients().get(i)), golden.get(key));
                }
            }
        });
    }

    /** A loss and its gradients by the blocks of rows that it is of. */
    private record Computed(double loss, List<Tensor> gradients) {}

    private static Computed computed(JsonNode node, List<Tensor> blocks) {
        double tau = node.path("tau").asDouble();
        return switch (node.get("kind").asText()) {
            case "InfoNCELoss" -> ofPairs(PairLoss.ntXent(tau), blocks);
            case "InfoNCELossBasic" -> ofPairs(PairLoss.infoNce(tau), blocks);
            case "SymmetricLoss" -> ofPairs(PairLoss.symmetric(tau), blocks);
            case "OrthogonalLoss" -> differentiated(Orthogonality::ofAll, blocks.get(0));
            case "SequentialOrthogonalLoss" -> differentiated(Orthogonality::ofLast, blocks.get(0));
            case "ClapObjective" -> clap(node, blocks);
            default -> throw new AssertionError(node);
        };
    }

    private static Computed ofPairs(PairLoss loss, List<Tensor> blocks) {
        return ofCosines(cosines -> PairLosses.of(loss, cosines, 0, cosines.rows() / 2, 1), blocks);
    }

    private static Computed clap(JsonNode node, List<Tensor> blocks) {
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

    private static Computed ofCosines(ToDoubleFunction<Cosines> loss, List<Tensor> blocks) {
        Tensor rows = torch.cat(new TensorVector(blocks.toArray(Tensor[]::new)), 0);
        Cosines cosines = Cosines.of(rows);
        double value = loss.applyAsDouble(cosines);
        Tensor gradient = cosines.gradient(rows);
        long n = blocks.get(0).size(0);
        List<Tensor> gradients = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            gradients.add(gradient.narrow(0, i * n, n));
        }
        return new Computed(value, gradients);
    }

    private static Computed differentiated(UnaryOperator<Tensor> loss, Tensor rows) {
        Tensor variable = rows.clone().requires_grad_(true);
        Tensor value = loss.apply(variable);
        value.backward();
        return new Computed(value.item_float(), List.of(variable.grad()));
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
