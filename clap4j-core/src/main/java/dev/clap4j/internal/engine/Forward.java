package dev.clap4j.internal.engine;

import dev.clap4j.internal.nn.TensorOps;
import dev.clap4j.internal.nn.Weights;
import java.util.List;

/** A forward pass that any interpreter can run: inputs in, one output out. */
@FunctionalInterface
public interface Forward {
    /**
     * Computes the output, or emits the graph that does.
     *
     * @param ops the interpreter
     * @param weights the network's tensors
     * @param inputs one tensor for each {@link Input}, in order
     */
    <T> T apply(TensorOps<T> ops, Weights<T> weights, List<T> inputs);
}
