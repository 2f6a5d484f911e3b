package dev.clap4j.internal.server.encode;

import java.time.Duration;
import java.util.function.LongConsumer;

/** The time of a request, and whether anybody still waits for its answer. Thread-safe. */
public final class Call {
    private final long end;
    private volatile boolean cancelled;
    private volatile LongConsumer fetching = bytes -> {};

    private Call(long end) {
        this.end = end;
    }

    /** Begins a call. */
    public static Call lasting(Duration time) {
        return new Call(System.nanoTime() + time.toNanos());
    }

    /** Sets a limit to what the call may fetch from elsewhere: it gets the number of bytes and throws if there are too many. */
    public void limitFetching(LongConsumer limit) {
        fetching = limit;
    }

    /** Counts what was fetched for the call; throws if that is too much. */
    public void fetched(long bytes) {
        fetching.accept(bytes);
    }

    /** Ends it: work for it that has not begun is left out. */
    public void cancel() {
        cancelled = true;
    }

    /** Returns the time left, in nanoseconds; negative if it is over. */
    public long nanosLeft() {
        return end - System.nanoTime();
    }

    /** Returns whether it was cancelled, or its time is over. */
    public boolean isOver() {
        return cancelled || nanosLeft() < 0;
    }
}
