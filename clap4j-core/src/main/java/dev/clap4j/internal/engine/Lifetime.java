package dev.clap4j.internal.engine;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The lifetime of a native resource, which any number of calls may use concurrently. After it is closed no call begins,
 * and the resource is freed when the last running call ends. So nothing is freed while in use, and a call may close the
 * resource it uses.
 *
 * <p>Thread-safe.
 */
public final class Lifetime implements AutoCloseable {
    /** The flag of a closed lifetime; the other bits count the running calls. */
    private static final int CLOSED = Integer.MIN_VALUE;

    private final String owner;
    private final Runnable free;
    private final AtomicInteger state = new AtomicInteger();

    /**
     * Starts a lifetime.
     *
     * @param owner the resource's name in messages: "The model"
     * @param free frees the resource; called once, by the closing thread or that of the last call
     */
    public Lifetime(String owner, Runnable free) {
        this.owner = owner;
        this.free = free;
    }

    /**
     * Runs a call that uses the resource.
     *
     * @throws IllegalStateException if it is closed
     */
    public <R> R use(Supplier<R> call) {
        begin();
        try {
            return call.get();
        } finally {
            end();
        }
    }

    /** As {@link #use}, without a result. */
    public void run(Runnable call) {
        use(() -> {
            call.run();
            return null;
        });
    }

    private void begin() {
        state.updateAndGet(before -> {
            if (before < 0) {
                throw new IllegalStateException(owner + " is closed");
            }
            return before + 1;
        });
    }

    private void end() {
        if (state.decrementAndGet() == CLOSED) {
            free.run();
        }
    }

    /** Closes the resource without waiting for running calls; idempotent. */
    @Override
    public void close() {
        if (state.getAndUpdate(before -> before | CLOSED) == 0) {
            free.run();
        }
    }
}
