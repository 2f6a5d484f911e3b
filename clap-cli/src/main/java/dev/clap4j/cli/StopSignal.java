package dev.clap4j.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C, or any other request to end the process, as a question that long work can ask. While this is open, the process
 * waits for the work to come to rest, and for this to be closed, before it ends.
 */
final class StopSignal implements AutoCloseable {
    private static final int SECONDS_TO_REST = 60;

    private final CountDownLatch atRest = new CountDownLatch(1);
    private final Thread onShutdown = new Thread(this::await, "clap-stop");
    private volatile boolean requested;

    private StopSignal() {}

    /** Listens from now on. */
    static StopSignal listen() {
        StopSignal signal = new StopSignal();
        Runtime.getRuntime().addShutdownHook(signal.onShutdown);
        return signal;
    }

    private void await() {
        requested = true;
        try {
            atRest.await(SECONDS_TO_REST, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the process has been asked to end. */
    boolean requested() {
        return requested;
    }

    @Override
    public void close() {
        atRest.countDown();
        if (!requested) {
            try {
                Runtime.getRuntime().removeShutdownHook(onShutdown);
            } catch (IllegalStateException e) {
                // The process has begun to end since; the hook has nothing left to wait for.
            }
        }
    }
}
