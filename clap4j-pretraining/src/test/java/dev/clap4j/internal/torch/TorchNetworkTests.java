package dev.clap4j.internal.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.internal.engine.CompiledNetwork;
import dev.clap4j.internal.engine.Input;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TensorSource;
import dev.clap4j.internal.nn.TensorOps;
import dev.clap4j.internal.nn.Weights;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

class TorchNetworkTests {
    private static final int WIDTH = 512;

    /** One tensor under any name. */
    private record One(TensorData tensor) implements TensorSource {
        @Override
        public Set<String> names() {
            return Set.of(tensor.name());
        }

        @Override
        public TensorData get(String name) {
            return tensor;
        }
    }

    private static <T> T product(TensorOps<T> ops, Weights<T> weights, List<T> inputs) {
        return ops.mean(ops.sigmoid(ops.linear(inputs.get(0), weights.get("weight"), null)), 0);
    }

    private static CompiledNetwork network() {
        TensorData weight = TensorData.of("weight", new float[WIDTH * WIDTH], WIDTH, WIDTH);
        return TorchEngine.create()
                .compile(TorchNetworkTests::product, List.of(new Input("x", DataType.F32, -1, WIDTH)), new One(weight));
    }

    private static TensorData rows(int count) {
        return TensorData.of("x", new float[count * WIDTH], count, WIDTH);
    }

    @Test
    void runsLeaveNoNativeObjectsBehind() {
        try (CompiledNetwork network = network()) {
            TensorData input = rows(1000);
            network.run(input);
            long objects = Pointer.totalCount();
            long before = Pointer.physicalBytes();
            for (int i = 0; i < 100; i++) {
                network.run(input);
            }
            assertThat(Pointer.totalCount()).isLessThanOrEqualTo(objects);
            // The intermediate results of a run take 4 MB; had they stayed, this would be 400 MB.
            assertThat(Pointer.physicalBytes() - before).isLessThan(200L << 20);
        }
    }

    @Test
    void closingFreesTheWeights() {
        network().close();
        long objects = Pointer.totalCount();
        CompiledNetwork network = network();
        network.run(rows(1));
        network.close();
        assertThat(Pointer.totalCount()).isLessThanOrEqualTo(objects);
        assertThatThrownBy(() -> network.run(rows(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The network is closed");
    }

    /** Calls in flight when it is closed finish with the right result. */
    @Test
    void itMayBeClosedWhileItRuns() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        float[] half = new float[WIDTH];
        Arrays.fill(half, 0.5f);
        for (int round = 0; round < 20; round++) {
            CompiledNetwork network = network();
            List<Future<?>> users = IntStream.range(0, 2)
                    .<Future<?>>mapToObj(i -> threads.submit(() -> {
                        try {
                            while (true) {
                                assertThat(network.run(rows(300)).toFloats()).isEqualTo(half);
                            }
                        } catch (IllegalStateException e) {
                            assertThat(e).hasMessage("The network is closed");
                        }
                    }))
                    .toList();
            Thread.sleep(10);
            network.close();
            for (Future<?> user : users) {
                user.get(30, TimeUnit.SECONDS);
            }
        }
        threads.shutdown();
    }

    @Test
    void severalThreadsShareANetwork() {
        try (CompiledNetwork network = network()) {
            List<float[]> outputs = IntStream.range(0, 32)
                    .parallel()
                    .mapToObj(i -> network.run(rows(3)).toFloats())
                    .toList();
            float[] half = new float[WIDTH];
            Arrays.fill(half, 0.5f);
            assertThat(outputs).allSatisfy(output -> assertThat(output).isEqualTo(half));
        }
    }

    @Test
    void wrongInputsAreRefused() {
        try (CompiledNetwork network = network()) {
            assertThatThrownBy(() -> network.run(TensorData.of("x", new float[6], 2, 3)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Input x should be F32[-1, 512] but is x F32[2, 3]");
            assertThatThrownBy(() -> network.run(TensorData.of("x", new long[WIDTH], 1, WIDTH)))
                    .hasMessageContaining("x I64[1, 512]");
            assertThatThrownBy(network::run).hasMessage("0 inputs given, 1 declared");
        }
    }
}
