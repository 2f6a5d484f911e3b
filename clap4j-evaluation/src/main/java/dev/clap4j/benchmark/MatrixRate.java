package dev.clap4j.benchmark;

import dev.clap4j.internal.engine.CompiledNetwork;
import dev.clap4j.internal.engine.Engine;
import dev.clap4j.internal.engine.Input;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TensorSource;
import dev.clap4j.internal.nn.TensorOps;
import dev.clap4j.internal.nn.Weights;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;

/** The rate of matrix products in an engine, at the sizes of ViT-B/16 on eight images. */
final class MatrixRate implements AutoCloseable {
    private static final int IMAGES = 8;
    private static final int TOKENS = 197;
    private static final int IN = 768;
    private static final int OUT = 3072;

    /** Products per run, enough to be timed. */
    private static final int PRODUCTS = 5;

    private final CompiledNetwork network;
    private final TensorData x = random("x", IMAGES, TOKENS, IN);

    MatrixRate(Engine engine) {
        TensorSource source = TensorSource.of(Map.of("weight", random("weight", OUT, IN)), "The benchmark");
        Input input = new Input("x", DataType.F32, -1, TOKENS, IN);
        network = engine.compile(MatrixRate::multiply, List.of(input), source);
    }

    void run() {
        for (int i = 0; i < PRODUCTS; i++) {
            network.run(x);
        }
    }

    /** Returns multiply-adds per second for a run of the given duration. */
    static double rate(double seconds) {
        return (double) PRODUCTS * IMAGES * TOKENS * IN * OUT / seconds;
    }

    private static <T> T multiply(TensorOps<T> ops, Weights<T> weights, List<T> inputs) {
        // The network returns only a sum, so that copying the product is not timed.
        return ops.mean(ops.linear(inputs.get(0), weights.get("weight"), null), 2);
    }

    private static TensorData random(String name, long... shape) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(0);
        float[] values = new float[(int) Arrays.stream(shape).reduce(1, Math::multiplyExact)];
        IntStream.range(0, values.length).forEach(i -> values[i] = (float) random.nextGaussian());
        return TensorData.of(name, values, shape);
    }

    @Override
    public void close() {
        network.close();
    }
}
