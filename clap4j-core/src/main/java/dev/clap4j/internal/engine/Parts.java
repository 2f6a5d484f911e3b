package dev.clap4j.internal.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * Computes the parts of a task in parallel, each on the next idle thread. Nothing runs on after the call, even if it
 * fails, so parts may use memory that the caller frees.
 */
public final class Parts {
    private static final ExecutorService HELPERS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "clap4j-parts");
        thread.setDaemon(true);
        return thread;
    });

    private Parts() {}

    /**
     * Computes all parts and returns when the last has finished. After a failure no further part is started, and the
     * error is thrown, even {@link OutOfMemoryError} or {@link StackOverflowError}.
     *
     * @param threads number of threads, including the caller's
     * @param parts number of parts
     * @param part computes the part with the given index
     */
    public static void run(int threads, int parts, IntConsumer part) {
        AtomicInteger next = new AtomicInteger();
        Runnable work = () -> {
            try {
                for (int i = next.getAndIncrement(); i < parts; i = next.getAndIncrement()) {
                    part.accept(i);
                }
            } finally {
                next.set(parts);
            }
        };
        List<CompletableFuture<Void>> others = new ArrayList<>();
        try {
            for (int i = 1; i < Math.min(threads, parts); i++) {
                others.add(CompletableFuture.runAsync(work, HELPERS));
            }
            work.run();
        } finally {
            // Threads already started must end even if others could not be.
            next.set(parts);
            others.forEach(other -> other.exceptionally(failure -> null).join());
        }
        others.forEach(Parts::rethrow);
    }

    private static void rethrow(CompletableFuture<Void> ended) {
        try {
            ended.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw e;
        }
    }
}
