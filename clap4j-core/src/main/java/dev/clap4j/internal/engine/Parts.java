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
 * Parts of a work, computed side by side, each by the next thread that has nothing to do. Nothing goes on after the call,
 * even where it fails: so parts may work on memory that the caller frees.
 */
public final class Parts {
    private static final ExecutorService HELPERS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "clap4j-parts");
        thread.setDaemon(true);
        return thread;
    });

    private Parts() {}

    /**
     * Computes all parts and returns when the last has ended. After a part that fails no other is begun; its error is
     * thrown, one of memory or stack too.
     *
     * @param threads that compute, the caller's among them
     * @param parts how many there are
     * @param part computes the part of a number
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
            // Also where there cannot be so many threads: those that were begun must end.
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
