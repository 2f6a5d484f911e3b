package dev.clap4j.internal.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.Device;
import dev.clap4j.Numbers;
import dev.clap4j.Precision;
import dev.clap4j.internal.engine.CompiledNetwork;
import dev.clap4j.internal.engine.Engine;
import dev.clap4j.internal.engine.Input;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TensorSource;
import dev.clap4j.internal.nn.TensorOps;
import dev.clap4j.internal.nn.Weights;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrtNetworkTests {
    private static final int WIDTH = 16;
    private static final int TOKENS = 5;
    private static final List<Input> INPUTS = List.of(
            new Input("x", DataType.F32, -1, TOKENS, WIDTH),
            new Input("mask", DataType.F32, -1, TOKENS, TOKENS),
            new Input("factor", DataType.F32, 1));

    private static final Map<String, TensorData> WEIGHTS =
            Map.of("weight", numbers("weight", 3 * WIDTH, WIDTH), "bias", numbers("bias", 3 * WIDTH));

    private static CompiledNetwork network(Engine engine) {
        return engine.compile(OrtNetworkTests::forward, INPUTS, source());
    }

    /** Attention, masked and not, times a number that belongs to no row. */
    private static <T> T forward(TensorOps<T> ops, Weights<T> weights, List<T> inputs) {
        List<T> qkv = ops.linears(inputs.get(0), weights.get("weight"), weights.get("bias"), 3, WIDTH);
        T free = ops.attention(qkv.get(0), qkv.get(1), qkv.get(2), 2, false);
        T masked = ops.maskedAttention(qkv.get(0), qkv.get(1), qkv.get(2), 2, inputs.get(1));
        return ops.multiply(ops.add(free, masked), inputs.get(2));
    }

    /** Fewer rows than parts could have, as many, a number that does not divide evenly, and enough for several parts a thread. */
    @ParameterizedTest
    @ValueSource(ints = {1, 5, 6, 17, 40_000})
    void partsOfABatchMakeTheWhole(int rows) {
        TensorData[] values = inputs(rows);
        try (CompiledNetwork alone = network(OrtEngine.create(1));
                CompiledNetwork parts = network(OrtEngine.create(3))) {
            parts.prepare();
            TensorData found = parts.run(values);
            assertThat(found.shape()).containsExactly(rows, TOKENS, WIDTH);
            Numbers.assertClose(found.toFloats(), alone.run(values).toFloats(), 1e-6);
        }
    }

    @Test
    void severalThreadsMayRunItAtOnce() {
        TensorData[] values = inputs(8);
        try (CompiledNetwork network = network(OrtEngine.create(2))) {
            float[] expected = network.run(values).toFloats();
            List<float[]> found = List.of(1, 2, 3, 4).parallelStream()
                    .map(i -> network.run(values).toFloats())
                    .toList();
            found.forEach(values1 -> assertThat(values1).isEqualTo(expected));
        }
    }

    /** Only the runtime sees that a row of a table does not exist. */
    @Test
    void aPartThatFailsFailsTheBatch() {
        Input numbers = new Input("numbers", DataType.I64, -1);
        TensorData values = TensorData.of("numbers", new long[] {0, 1, 2, 3, 4, 5, 6, 1_000_000}, 8);
        try (CompiledNetwork network = OrtEngine.create(2).compile(OrtNetworkTests::rows, List.of(numbers), source())) {
            assertThatThrownBy(() -> network.run(values))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("bounds");
            assertThat(network.run(values.rows(0, 7)).shape()).containsExactly(7, WIDTH);
        }
    }

    private static <T> T rows(TensorOps<T> ops, Weights<T> weights, List<T> inputs) {
        return ops.rows(weights.get("weight"), inputs.get(0));
    }

    @Test
    void whatDoesNotFitIsRefusedByName() {
        try (CompiledNetwork network = network(OrtEngine.create(2))) {
            assertRefused(network, 1, numbers("mask", 8, TOKENS + 1, TOKENS), "mask should be F32[-1, 5, 5]");
            assertRefused(network, 1, numbers("mask", 7, TOKENS, TOKENS), "mask has 7 rows, another has 8");
            assertRefused(network, 2, TensorData.of("factor", new long[] {1}, 1), "factor should be F32[1]");
            assertRefused(network, 2, numbers("factor"), "factor should be F32[1]");
            assertThatThrownBy(() -> network.run(inputs(8)[0])).hasMessage("1 inputs given, 3 declared");
        }
    }

    private static void assertRefused(CompiledNetwork network, int which, TensorData wrong, String why) {
        TensorData[] values = inputs(8);
        values[which] = wrong;
        assertThatThrownBy(() -> network.run(values))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    @Test
    void aBatchHasRows() {
        try (CompiledNetwork network = network(OrtEngine.create(2))) {
            assertThatThrownBy(() -> network.run(inputs(0)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Input x has no rows");
        }
    }

    @Test
    void aClosedNetworkDoesNotRun() {
        CompiledNetwork network = network(OrtEngine.create(2));
        network.close();
        network.close();
        assertThatThrownBy(() -> network.run(inputs(8)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    /** The layers that one weight holds are quantised apart, from weights too small to be handed over, too. */
    @ParameterizedTest
    @EnumSource(Precision.class)
    void layersOfOneWeightAreItsRows(Precision precision) {
        Engine engine = OrtEngine.create(1).with(precision, Device.cpu());
        List<Input> inputs = List.of(INPUTS.get(0));
        TensorData x = inputs(3)[0];
        try (CompiledNetwork apart = engine.compile(OrtNetworkTests::middle, inputs, source());
                CompiledNetwork together = engine.compile(OrtNetworkTests::cut, inputs, source())) {
            double tolerance = precision == Precision.FP16 ? 0x1p-10 : 1e-5;
            Numbers.assertClose(apart.run(x).toFloats(), together.run(x).toFloats(), tolerance);
        }
    }

    private static <T> T middle(TensorOps<T> ops, Weights<T> weights, List<T> inputs) {
        return ops.linears(inputs.get(0), weights.get("weight"), weights.get("bias"), WIDTH, 3)
                .get(1);
    }

    private static <T> T cut(TensorOps<T> ops, Weights<T> weights, List<T> inputs) {
        return ops.slice(ops.linear(inputs.get(0), weights.get("weight"), weights.get("bias")), 2, 3, 6);
    }

    private static TensorData[] inputs(int rows) {
        return new TensorData[] {
            numbers("x", rows, TOKENS, WIDTH), numbers("mask", rows, TOKENS, TOKENS), numbers("factor", 1)
        };
    }

    private static TensorData numbers(String name, long... shape) {
        Random random = new Random(name.hashCode());
        int count = 1;
        for (long extent : shape) {
            count *= (int) extent;
        }
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return TensorData.of(name, values, shape);
    }

    private static TensorSource source() {
        return new TensorSource() {
            @Override
            public Set<String> names() {
                return WEIGHTS.keySet();
            }

            @Override
            public TensorData get(String name) {
                return WEIGHTS.get(name);
            }
        };
    }
}
