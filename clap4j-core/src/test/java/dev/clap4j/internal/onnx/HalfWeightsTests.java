package dev.clap4j.internal.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.Device;
import dev.clap4j.Numbers;
import dev.clap4j.Precision;
import dev.clap4j.internal.engine.CompiledNetwork;
import dev.clap4j.internal.engine.Input;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TensorSource;
import dev.clap4j.internal.nn.TensorOps;
import dev.clap4j.internal.nn.Weights;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Weights of 16 bits give what the same numbers in 32 bits give, however the runtime gets them. */
class HalfWeightsTests {
    private static final int WIDTH = 16;
    private static final Input X = new Input("x", DataType.F32, -1, -1, WIDTH);

    private record Source(Map<String, TensorData> tensors) implements TensorSource {
        @Override
        public Set<String> names() {
            return tensors.keySet();
        }

        @Override
        public TensorData get(String name) {
            return tensors.get(name);
        }
    }

    private static TensorData halves(String name, long... shape) {
        Random random = new Random(name.hashCode());
        float[] values = new float[(int) Arrays.stream(shape).reduce(1, Math::multiplyExact)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return TensorData.of(name, values, shape).toF16();
    }

    /** Whole weights, large and small ones, rows of a weight, and a weight in another shape. */
    private static <T> T network(TensorOps<T> ops, Weights<T> w, List<T> x) {
        List<T> pair = ops.linears(x.get(0), w.get("pair"), w.get("bias"), 2, WIDTH);
        T square = ops.reshape(w.get("kernel"), WIDTH, WIDTH);
        T sum = ops.add(pair.get(0), ops.linear(pair.get(1), square, null));
        return ops.layerNorm(sum, w.get("scale"), w.get("shift"), 1e-5f);
    }

    private static Source source(UnaryOperator<TensorData> stored) {
        return new Source(Map.of(
                "pair", stored.apply(halves("pair", 2 * WIDTH, WIDTH)),
                "bias", stored.apply(halves("bias", 2 * WIDTH)),
                "kernel", stored.apply(halves("kernel", WIDTH, WIDTH, 1, 1)),
                "scale", stored.apply(halves("scale", WIDTH)),
                "shift", stored.apply(halves("shift", WIDTH))));
    }

    private static float[] run(Precision precision, UnaryOperator<TensorData> stored) {
        try (CompiledNetwork network = OrtEngine.create()
                .with(precision, Device.cpu())
                .compile(HalfWeightsTests::network, List.of(X), source(stored))) {
            return network.run(halves("x", 3, 5, WIDTH).toF32()).toFloats();
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void theyGiveTheSameBits(Precision precision) {
        assertThat(run(precision, tensor -> tensor)).isEqualTo(run(precision, TensorData::toF32));
    }

    /** Without a limit, all but the smallest are given to every run. */
    @Test
    void theyMayBeGivenToEveryRun() {
        OnnxGraph graph = new OnnxGraph();
        OnnxOps ops = new OnnxOps(graph, Precision.FP32, Operators.ONNX_RUNTIME);
        OnnxValue x = graph.input(X);
        graph.output(OrtEngine.OUTPUT, network(ops, Weights.of(source(tensor -> tensor), ops), List.of(x)));
        try (OrtNetwork network = new OrtNetwork(graph, List.of(X), Device.cpu(), 2, Workload.FORWARD, 0)) {
            // One row is computed by all threads together, many in parts.
            for (int rows : new int[] {3, 50}) {
                TensorData values = halves("x", rows, 5, WIDTH).toF32();
                float[] expected;
                try (CompiledNetwork wide =
                        OrtEngine.create().compile(HalfWeightsTests::network, List.of(X), source(TensorData::toF32))) {
                    expected = wide.run(values).toFloats();
                }
                Numbers.assertClose(network.run(values).toFloats(), expected, 1e-6);
            }
        }
    }
}
