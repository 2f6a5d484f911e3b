package dev.clap4j.internal.diffusion.model;

import dev.clap4j.internal.engine.CompiledNetwork;
import dev.clap4j.internal.io.TensorData;
import java.util.function.Supplier;

/**
 * A network that is compiled on first use, and again after it was unloaded. Thread-safe; calls in flight keep the
 * network that they began with.
 */
final class OnDemand implements AutoCloseable {
    private final Supplier<CompiledNetwork> compile;
    private Loaded loaded;
    private boolean closed;

    OnDemand(Supplier<CompiledNetwork> compile) {
        this.compile = compile;
    }

    /** A compiled network and its users: the calls in flight, and the owner until it is unloaded. */
    private static final class Loaded {
        private final CompiledNetwork network;
        private int users = 1;

        Loaded(CompiledNetwork network) {
            this.network = network;
        }
    }

    /**
     * Runs the network.
     *
     * @throws IllegalStateException if this is closed
     */
    TensorData run(TensorData... inputs) {
        Loaded current = begin();
        try {
            return current.network.run(inputs);
        } finally {
            end(current);
        }
    }

    private synchronized Loaded begin() {
        if (closed) {
            throw new IllegalStateException("The model is closed");
        }
        if (loaded == null) {
            loaded = new Loaded(compile.get());
        }
        loaded.users++;
        return loaded;
    }

    private synchronized void end(Loaded used) {
        used.users--;
        if (used.users == 0) {
            used.network.close();
        }
    }

    /** Frees the network's memory, as soon as no call uses it. */
    synchronized void unload() {
        if (loaded != null) {
            Loaded unused = loaded;
            loaded = null;
            end(unused);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        unload();
    }
}
