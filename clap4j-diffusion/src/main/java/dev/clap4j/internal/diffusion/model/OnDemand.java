package dev.clap4j.internal.diffusion.model;

import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A network that is compiled on first use, and again after it was unloaded. Thread-safe; calls in flight keep the
 * network that they began with.
 */
final class OnDemand<N> implements AutoCloseable {
    private final Supplier<N> compile;
    private final Consumer<N> free;
    private Loaded<N> loaded;
    private boolean closed;

    /**
     * Creates a network that is not loaded yet.
     *
     * @param free frees a network that was compiled
     */
    OnDemand(Supplier<N> compile, Consumer<N> free) {
        this.compile = compile;
        this.free = free;
    }

    /** A compiled network and its users: the calls in flight, and the owner until it is unloaded. */
    private static final class Loaded<N> {
        private final N network;
        private int users = 1;

        Loaded(N network) {
            this.network = network;
        }
    }

    /**
     * Calls the network.
     *
     * @throws IllegalStateException if this is closed
     */
    <R> R use(Function<N, R> call) {
        Loaded<N> current = begin();
        try {
            return call.apply(current.network);
        } finally {
            end(current);
        }
    }

    private synchronized Loaded<N> begin() {
        if (closed) {
            throw new IllegalStateException("The model is closed");
        }
        if (loaded == null) {
            loaded = new Loaded<>(compile.get());
        }
        loaded.users++;
        return loaded;
    }

    private synchronized void end(Loaded<N> used) {
        used.users--;
        if (used.users == 0) {
            free.accept(used.network);
        }
    }

    /** Frees the network's memory, as soon as no call uses it. */
    synchronized void unload() {
        if (loaded != null) {
            Loaded<N> unused = loaded;
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
