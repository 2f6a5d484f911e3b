package dev.clap4j.internal.engine;

import dev.clap4j.Precision;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TensorSource;
import dev.clap4j.internal.nn.MatrixWork;
import dev.clap4j.internal.nn.Weights;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** An engine that counts the multiply-adds of another engine's networks. */
public final class MeteredEngine implements Engine {
    private final Engine engine;
    private final LongAdder multiplyAdds = new LongAdder();

    /** Meters an engine. */
    public MeteredEngine(Engine engine) {
        this.engine = engine;
    }

    /** Returns the multiply-adds of all runs so far. */
    public long multiplyAdds() {
        return multiplyAdds.sum();
    }

    @Override
    public String name() {
        return engine.name();
    }

    @Override
    public Precision precision() {
        return engine.precision();
    }

    @Override
    public CompiledNetwork compile(Forward network, List<Input> inputs, TensorSource weights) {
        return new Metered(engine.compile(network, inputs, weights), network, weights);
    }

    private final class Metered implements CompiledNetwork {
        private final CompiledNetwork compiled;
        private final Forward network;
        private final TensorSource weights;
        private final Map<String, Long> known = new ConcurrentHashMap<>();

        Metered(CompiledNetwork compiled, Forward network, TensorSource weights) {
            this.compiled = compiled;
            this.network = network;
            this.weights = weights;
        }

        @Override
        public TensorData run(TensorData... inputs) {
            List<long[]> shapes = Arrays.stream(inputs).map(TensorData::shape).toList();
            String key = shapes.stream().map(Arrays::toString).toList().toString();
            multiplyAdds.add(known.computeIfAbsent(key, any -> count(shapes)));
            return compiled.run(inputs);
        }

        private long count(List<long[]> shapes) {
            MatrixWork work = new MatrixWork();
            network.apply(work, Weights.of(weights, work), shapes);
            return work.multiplyAdds();
        }

        @Override
        public void prepare() {
            compiled.prepare();
        }

        @Override
        public void close() {
            compiled.close();
        }
    }
}
