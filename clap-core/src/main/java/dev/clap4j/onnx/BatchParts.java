package dev.clap4j.onnx;

import dev.clap4j.io.TensorData;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Parts of a batch, a thread each. */
final class BatchParts {
    private static final ExecutorService HELPERS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "clap4j-batch");
        thread.setDaemon(true);
        return thread;
    });

    private BatchParts() {}

    /**
     * Computes all parts, one of them on the caller's thread, and returns when all have ended.
     *
     * @param part from the number of a part to its rows
     * @return the rows of all parts in order
     */
    static TensorData run(int parts, IntFunction<TensorData> part) {
        List<CompletableFuture<TensorData>> others = IntStream.range(1, parts)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> part.apply(i), HELPERS))
                .toList();
        CompletableFuture<Void> ended = CompletableFuture.allOf(others.toArray(CompletableFuture<?>[]::new));
        TensorData first;
        try {
            first = part.apply(0);
        } catch (RuntimeException e) {
            // Others may still read what the caller is about to free.
            ended.exceptionally(alsoFailed -> null).join();
            throw e;
        }
        try {
            ended.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
        return concat(Stream.concat(Stream.of(first), others.stream().map(CompletableFuture::join))
                .toList());
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
