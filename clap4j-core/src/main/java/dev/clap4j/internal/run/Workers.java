package dev.clap4j.internal.run;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Threads that share one task, the calling one among them. */
final class Workers {
    private static final String NAME = "clap4j-worker";

    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    private Workers() {}

    /**
     * Runs a task in several threads, and returns when it has ended in all of them. An interrupt is passed on to them.
     *
     * @param threads number of threads; nothing is run for 0
     * @param task receives a condition that tells whether it has failed in another thread and should end
     * @throws RuntimeException the first failure
     */
    static void run(int threads, Consumer<BooleanSupplier> task) {
        Workers workers = new Workers();
        Runnable work = () -> workers.attempt(task);
        CountDownLatch done = new CountDownLatch(Math.max(0, threads - 1));
        Thread[] helpers = new Thread[(int) done.getCount()];
        for (int i = 0; i < helpers.length; i++) {
            helpers[i] = new Thread(
                    () -> {
                        work.run();
                        done.countDown();
                    },
                    NAME);
            helpers[i].setDaemon(true);
            helpers[i].start();
        }
        if (threads > 0) {
            work.run();
        }
        await(done, helpers);
        workers.rethrow();
    }

    private void attempt(Consumer<BooleanSupplier> task) {
        try {
            task.accept(() -> failure.get() != null);
        } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
        }
    }

    private static void await(CountDownLatch done, Thread[] helpers) {
        boolean interrupted = Thread.interrupted();
        while (true) {
            if (interrupted) {
                for (Thread helper : helpers) {
                    helper.interrupt();
                }
            }
            try {
                done.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void rethrow() {
        Throwable first = failure.get();
        if (first instanceof Error error) {
            throw error;
        }
        if (first != null) {
            throw (RuntimeException) first;
        }
    }
}
