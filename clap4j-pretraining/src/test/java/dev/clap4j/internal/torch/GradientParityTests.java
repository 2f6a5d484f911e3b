package dev.clap4j.internal.torch;

import dev.clap4j.Numbers;
import dev.clap4j.internal.engine.CompiledNetwork;
import dev.clap4j.internal.nn.GradientCase;
import dev.clap4j.internal.nn.GradientCase.Slopes;
import dev.clap4j.internal.onnx.OrtEngine;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each operation and its gradient on both engines. */
class GradientParityTests {
    @ParameterizedTest
    @MethodSource("dev.clap4j.internal.nn.GradientCase#all")
    void bothEnginesAgree(GradientCase each) {
        try (CompiledNetwork ort = each.compile(OrtEngine.create(1));
                CompiledNetwork torch = each.compile(TorchEngine.create())) {
            Slopes graph = each.slopes(ort, each.variables());
            Slopes eager = each.slopes(torch, each.variables());
            for (int i = 0; i < each.variables().size(); i++) {
                Numbers.assertClose(graph.gradients().get(i), eager.gradients().get(i), 1e-5);
            }
        }
    }
}
