package dev.clap4j.torch;

import dev.clap4j.engine.CompiledNetwork;
import dev.clap4j.engine.Engine;
import dev.clap4j.engine.Forward;
import dev.clap4j.engine.Input;
import dev.clap4j.io.TensorSource;
import java.util.List;

/** Runs networks on libtorch, on the processor, without recording gradients. */
public final class TorchEngine implements Engine {
    private TorchEngine() {}

    /** An engine that computes on as many threads as libtorch is set to, by default all processors. */
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
