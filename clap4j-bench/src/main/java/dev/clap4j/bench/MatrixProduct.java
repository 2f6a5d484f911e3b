package dev.clap4j.bench;

import dev.clap4j.internal.engine.CompiledNetwork;
import dev.clap4j.internal.engine.Engine;
import dev.clap4j.internal.engine.Input;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TensorSource;
import dev.clap4j.internal.nn.TensorOps;
import dev.clap4j.internal.nn.Weights;
import java.util.List;
import java.util.Set;

/** A plain matrix product, whose rate is the limit of all networks. */
final class MatrixProduct implements AutoCloseable {
    private static final int ROWS = 1576;
    private static final int IN = 768;
    private static final int OUT = 3072;
    private static final int TIMES = 40;

    private final TensorData x = TensorData.of("x", Samples.gaussians(ROWS * IN, 1), 1, ROWS, IN);
    private final CompiledNetwork network;

    MatrixProduct(Engine engine) {
        TensorData weight = TensorData.of("weight", Samples.gaussians(OUT * IN, 2), OUT, IN);
        TensorSource source = new TensorSource() {
            @Override
            public Set<String> names() {
                return Set.of("weight");
            }

            @Override
            public TensorData get(String name) {
                return weight;
            }
        };
        network = engine.compile(MatrixProduct::multiply, List.of(new Input("x", DataType.F32, -1, ROWS, IN)), source);
        network.run(x);
    }

    /** The network returns only a sum, so that copying the product is not timed. */
    private static <T> T multiply(TensorOps<T> ops, Weights<T> weights, List<T> inputs) {
        return ops.mean(ops.linear(inputs.get(0), weights.get("weight"), null), 2);
    }

    void run() {
        for (int i = 0; i < TIMES; i++) {
            network.run(x);
        }
    }

    @Override
    public void close() {
        network.close();
    }
}
