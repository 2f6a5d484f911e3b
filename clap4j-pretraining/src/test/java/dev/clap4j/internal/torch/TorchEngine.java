package dev.clap4j.internal.torch;

import dev.clap4j.internal.engine.CompiledNetwork;
import dev.clap4j.internal.engine.Engine;
import dev.clap4j.internal.engine.Forward;
import dev.clap4j.internal.engine.Input;
import dev.clap4j.internal.io.TensorSource;
import java.util.List;

/** Runs networks on libtorch on the CPU, without recording gradients. */
public final class TorchEngine implements Engine {
    private TorchEngine() {}

    /** Creates an engine that uses libtorch's thread count, by default all processors. */
    public static TorchEngine create() {
        return new TorchEngine();
    }

    @Override
    public CompiledNetwork compile(Forward network, List<Input> inputs, TensorSource weights) {
        return new TorchNetwork(network, List.copyOf(inputs), weights);
    }

    @Override
    public String name() {
        return "torch";
    }
}
