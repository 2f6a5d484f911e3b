package dev.clap4j.internal.server.encode;

import java.time.Duration;

/** The time of a request, and whether anybody still waits for its answer. Thread-safe. */
public final class Call {
    private final long end;
    private volatile boolean cancelled;

    private Call(long end) {
        this.end = end;
    }

    /** Begins a call. */
    public static Call lasting(Duration time) {
        return new Call(System.nanoTime() + time.toNanos());
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
