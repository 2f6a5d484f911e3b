package dev.clap4j.internal.engine;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The life of something that owns native memory. Any number of calls may use it at once; once it is closed no other begins,
 * and the memory is freed when the last one ends. So nothing is freed that somebody still reads, and a call may itself close
 * what it uses.
 *
 * <p>Safe for several threads.
 */
public final class Lifetime implements AutoCloseable {
    /** The sign of a closed life; the other bits count the calls at work. */
    private static final int CLOSED = Integer.MIN_VALUE;

    private final String owner;
    private final Runnable free;
    private final AtomicInteger state = new AtomicInteger();

    /**
     * A life that begins.
     *
     * @param owner for messages: "The model"
     * @param free frees the memory; called once, by the thread that closes or by that of the last call
     */
    public Lifetime(String owner, Runnable free) {
        this.owner = owner;
        this.free = free;
    }

    /**
     * Calls something that uses the memory.
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

    /** As {@link #use}, for what has no result. */
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

    /** Closes it; more than once is as good as once. Does not wait for the calls at work. */
    @Override
    public void close() {
        if (state.getAndUpdate(before -> before | CLOSED) == 0) {
            free.run();
        }
    }
}
