package dev.clap4j.internal.engine;

import dev.clap4j.internal.io.TensorData;

/** A network that is ready to run. It owns native memory; whoever compiled it must close it. Thread-safe. */
public interface CompiledNetwork extends AutoCloseable {
    /**
     * Runs the network.
     *
     * @param inputs one tensor for each declared input, in order
     * @return the output as F32, in memory that the caller owns
     */
    TensorData run(TensorData... inputs);

    /** Warms up the network, so that the first run on a small batch is not slower than later ones. */
    default void prepare() {}

    @Override
    void close();
}
