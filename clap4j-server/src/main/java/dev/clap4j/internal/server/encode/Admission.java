package dev.clap4j.internal.server.encode;

import java.util.concurrent.atomic.AtomicLong;

/** An amount that all requests share, such as memory; who gets no part of it is sent away at once. Thread-safe. */
public final class Admission {
    private final long most;
    private final AtomicLong taken = new AtomicLong();

    /** Creates an amount. */
    public Admission(long most) {
        this.most = most;
    }

    /** Takes a part; returns whether there was enough left. */
    public boolean tryTake(long part) {
        long before = taken.get();
        while (before + part <= most) {
            if (taken.compareAndSet(before, before + part)) {
                return true;
            }
            before = taken.get();
        }
        return false;
    }

    /** Gives a part back. */
    public void giveBack(long part) {
        taken.addAndGet(-part);
    }

    /** Returns the part that is taken. */
    public long taken() {
        return taken.get();
    }
}
