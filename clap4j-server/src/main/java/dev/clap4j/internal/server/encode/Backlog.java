package dev.clap4j.internal.server.encode;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The inputs of one kind that requests wait for. A request takes turns with those before it, so what holds it up are at
 * most as many inputs of each as it has itself; if these would take too long, it is sent away. The time of an input is
 * measured from one finished input to the next, so that decoding, encoding and whatever else the machine does count.
 * Thread-safe.
 */
final class Backlog {
    /** Inputs that are taken together to measure how long one takes. */
    private static final int SAMPLE = 16;

    private static final long SAMPLE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** The inputs that are let in before anything is known about their time. */
    private static final int UNKNOWN = 32;

    private final long most;
    private final LongSupplier clock;
    private final Set<Share> shares = new HashSet<>();
    private double nanosOfOne;
    private long since;
    private long busy;
    private int finished;
    private boolean known;

    /**
     * Creates a backlog without inputs.
     *
     * @param most the time for which a request may be held up
     * @param clock the time in nanoseconds
     */
    Backlog(Duration most, LongSupplier clock) {
        this.most = most.toNanos();
        this.clock = clock;
        this.nanosOfOne = (double) this.most / UNKNOWN;
    }

    /** Adds the inputs of a request, of which there may be none; empty if it would be held up for too long. */
    synchronized Optional<Share> tryBegin(int inputs) {
        measure();
        long before =
                shares.stream().mapToLong(share -> Math.min(share.left, inputs)).sum();
        if (before * nanosOfOne > most) {
            return Optional.empty();
        }
        Share share = new Share(inputs);
        if (inputs > 0) {
            if (shares.isEmpty()) {
                since = clock.getAsLong();
            }
            shares.add(share);
        }
        return Optional.of(share);
    }

    private synchronized void finish(Share share, int inputs, boolean measured) {
        share.left -= inputs;
        if (share.left <= 0) {
            shares.remove(share);
        }
        if (measured) {
            finished += inputs;
        }
        long now = clock.getAsLong();
        busy += now - since;
        since = now;
    }

    /** Looks at what was finished, which is later than a whole batch was. */
    private void measure() {
        if (finished >= SAMPLE || (finished > 0 && (!known || busy >= SAMPLE_NANOS))) {
            double now = (double) busy / finished;
            nanosOfOne = known ? (nanosOfOne + now) / 2 : now;
            known = true;
            finished = 0;
            busy = 0;
        }
    }

    /** The inputs of a request. */
    final class Share {
        private int left;

        private Share(int inputs) {
            left = inputs;
        }

        /**
         * Takes an input out.
         *
         * @param encoded whether it was encoded, and not refused or left out
         */
        void finishOne(boolean encoded) {
            finish(this, 1, encoded);
        }

        /** Takes all inputs out. */
        void giveUp() {
            finish(this, left, false);
        }
    }
}
