package dev.clap4j.training.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clap4j.Numbers;
import dev.clap4j.Shared;
import dev.clap4j.io.SafetensorsFile;
import dev.clap4j.io.TensorData;
import dev.clap4j.torch.NativeScope;
import dev.clap4j.torch.Tensors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
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
        SafetensorsFile tensors = SafetensorsFile.open(Shared.golden("losses/losses.safetensors"));
        JsonNode cases =
                new ObjectMapper().readTree(Shared.golden("losses/losses.json").toFile());
        assertThat(cases).hasSize(37);
        return cases.valueStream()
                .map(node -> DynamicTest.dynamicTest(
                        node.get("case").asText() + " " + node.get("kind").asText(), () -> check(node, tensors)));
    }

    private static void check(JsonNode node, SafetensorsFile golden) {
        NativeScope.run(() -> {
            String name = node.get("case").asText();
            List<String> inputs = new ArrayList<>();
            List<Tensor> variables = new ArrayList<>();
            for (JsonNode input : node.get("inputs")) {
                inputs.add(input.asText());
                TensorData values = golden.get(name + "." + input.asText());
                variables.add(Tensors.asFloats(values).clone().requires_grad_(true));
            }
            Tensor loss = loss(node, variables);
            double expected = node.get("loss_fp64").asDouble();
            assertThat((double) loss.item_float()).isCloseTo(expected, within(VALUE * Math.abs(expected) + 1e-9));
            loss.backward();
            for (int i = 0; i < inputs.size(); i++) {
                String key = name + "." + node.get("kind").asText() + ".grad_" + inputs.get(i);
                if (golden.contains(key)) {
                    assertRowsClose(Tensors.toData(key, variables.get(i).grad()), golden.get(key));
                }
            }
        });
    }

    private static Tensor loss(JsonNode node, List<Tensor> x) {
        double tau = node.path("tau").asDouble();
        return switch (node.get("kind").asText()) {
            case "InfoNCELoss" -> new NtXent(tau).of(x.get(0), x.get(1));
            case "InfoNCELossBasic" -> new InfoNce(tau).of(x.get(0), x.get(1));
            case "SymmetricLoss" -> new SymmetricInfoNce(tau).of(x.get(0), x.get(1));
            case "OrthogonalLoss" -> Orthogonality.ofAll(x.get(0));
            case "SequentialOrthogonalLoss" -> Orthogonality.ofLast(x.get(0));
            case "ClapObjective" -> clap(node, x);
            default -> throw new AssertionError(node);
        };
    }

    private static Tensor clap(JsonNode node, List<Tensor> x) {
        ClapObjective objective = ClapObjective.official(
                node.get("tau_txt").asDouble(),
                node.get("tau_cnt").asDouble(),
                node.get("scale_coef").asDouble());
        ClapObjective.Loss loss = objective.of(x.get(0), x.get(1), x.get(2));
        assertThat((double) loss.text().item_float())
                .isCloseTo(node.get("loss_txt").asDouble(), within(1e-5));
        assertThat((double) loss.content().item_float())
                .isCloseTo(node.get("loss_content").asDouble(), within(1e-5));
        return loss.total();
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
