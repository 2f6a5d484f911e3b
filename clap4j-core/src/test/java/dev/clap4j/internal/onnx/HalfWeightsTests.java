package dev.clap4j.internal.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.internal.engine.CompiledNetwork;
import dev.clap4j.internal.engine.Input;
import dev.clap4j.internal.engine.Precision;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Weights of 16 bits give the same bits as the same numbers in 32, but are not copied before the runtime loads them. */
class HalfWeightsTests {
    private static final int WIDTH = 16;

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

    private static float[] run(Precision precision, UnaryOperator<TensorData> stored) {
        Map<String, TensorData> tensors = Map.of(
                "pair", stored.apply(halves("pair", 2 * WIDTH, WIDTH)),
                "bias", stored.apply(halves("bias", 2 * WIDTH)),
                "kernel", stored.apply(halves("kernel", WIDTH, WIDTH, 1, 1)),
                "scale", stored.apply(halves("scale", WIDTH)),
                "shift", stored.apply(halves("shift", WIDTH)));
        TensorData x = halves("x", 3, 5, WIDTH).toF32();
        try (CompiledNetwork network = OrtEngine.create()
                .withPrecision(precision)
                .compile(
                        HalfWeightsTests::network,
                        List.of(new Input("x", DataType.F32, -1, -1, WIDTH)),
                        new Source(tensors))) {
            return network.run(x).toFloats();
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void theyGiveTheSameBits(Precision precision) {
        assertThat(run(precision, tensor -> tensor)).isEqualTo(run(precision, TensorData::toF32));
    }
}
