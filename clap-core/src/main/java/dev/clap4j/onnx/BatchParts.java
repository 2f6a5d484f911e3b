package dev.clap4j.onnx;

import dev.clap4j.io.TensorData;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Parts of a batch, computed side by side. */
final class BatchParts {
    private static final ExecutorService HELPERS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "clap4j-batch");
        thread.setDaemon(true);
        return thread;
    });

    private BatchParts() {}

    /**
     * Computes all parts, each by the next thread that has nothing to do, and returns when all have ended.
     *
     * @param threads that compute, the caller's among them
     * @param part from the number of a part to its rows
     * @return the rows of all parts in order
     */
    static TensorData run(int threads, int parts, IntFunction<TensorData> part) {
        TensorData[] computed = new TensorData[parts];
        AtomicInteger next = new AtomicInteger();
        Runnable work = () -> {
            try {
                for (int i = next.getAndIncrement(); i < parts; i = next.getAndIncrement()) {
                    computed[i] = part.apply(i);
                }
            } catch (RuntimeException e) {
                next.set(parts);
                throw e;
            }
        };
        CompletableFuture<Void> others = CompletableFuture.allOf(IntStream.range(1, Math.min(threads, parts))
                .mapToObj(i -> CompletableFuture.runAsync(work, HELPERS))
                .toArray(CompletableFuture<?>[]::new));
        try {
            work.run();
        } catch (RuntimeException e) {
            // Others may still read what the caller is about to free.
            others.exceptionally(alsoFailed -> null).join();
            throw e;
        }
        try {
            others.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
        return concat(List.of(computed));
    }

    private static TensorData concat(List<TensorData> parts) {
        TensorData first = parts.get(0);
        long[] shape = first.shape();
        shape[0] = parts.stream().mapToLong(part -> part.shape()[0]).sum();
        ByteBuffer all = TensorData.allocate(
                parts.stream().mapToLong(part -> part.bytes().remaining()).sum());
        parts.forEach(part -> all.put(part.bytes()));
        return new TensorData(first.name(), first.type(), shape, all.flip());
    }
}
