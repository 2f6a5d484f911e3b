package dev.clap4j.internal.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clap4j.internal.engine.CompiledNetwork;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.nn.GradientCase.Slopes;
import dev.clap4j.internal.onnx.OrtEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The gradient of each operation, as a graph, against central differences. */
class GradientOpsTests {
    private static final float DISTANCE = 0.01f;

    /** Of the largest slope: what rounding in 32 bits and curvature make at that distance. */
    private static final double TOLERANCE = 2e-3;

    @ParameterizedTest
    @MethodSource("dev.clap4j.internal.nn.GradientCase#all")
    void areCentralDifferences(GradientCase each) {
        try (CompiledNetwork network = each.compile(OrtEngine.create(1))) {
            Slopes found = each.slopes(network, each.variables());
            for (int v = 0; v < each.variables().size(); v++) {
                float[] gradient = found.gradients().get(v);
                double[] differences = new double[gradient.length];
                double largest = 0.1;
                for (int i = 0; i < gradient.length; i++) {
                    differences[i] = (value(each, network, v, i, DISTANCE) - value(each, network, v, i, -DISTANCE))
                            / (2 * DISTANCE);
                    largest = Math.max(largest, Math.abs(differences[i]));
                }
                for (int i = 0; i < gradient.length; i++) {
                    assertThat((double) gradient[i])
                            .as("variable %s, element %s", v, i)
                            .isCloseTo(differences[i], within(TOLERANCE * largest));
                }
            }
        }
    }

    private static double value(GradientCase each, CompiledNetwork network, int variable, int element, float by) {
        List<TensorData> moved = new ArrayList<>(each.variables());
        TensorData x = moved.get(variable);
        float[] values = x.toFloats();
        values[element] += by;
        moved.set(variable, TensorData.of(x.name(), values, x.shape()));
        return each.slopes(network, moved).value();
    }

    /** So that a new operation is not forgotten. */
    @Test
    void everyOperationHasACase() {
        TreeSet<String> missing = new TreeSet<>();
        for (var method : TensorOps.class.getMethods()) {
            missing.add(method.getName());
        }
        missing.removeAll(List.of("constant", "number"));
        GradientCase.all().flatMap(each -> Stream.of(each.name().split(" "))).forEach(missing::remove);
        assertThat(missing).isEmpty();
    }
}
