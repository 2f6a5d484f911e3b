package dev.clap4j.pretraining;

import dev.clap4j.dataset.CaptionedImages;
import dev.clap4j.internal.tokenizer.ClipTokenizer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Batches in order, some of them prepared ahead in the background. Their contents do not depend on the number of
 * threads.
 */
final class CaptionBatches implements AutoCloseable {
    private static final int THREADS = 2;
    private static final int AHEAD = 3;

    private final CaptionedImages source;
    private final ClipTokenizer tokenizer;
    private final int size;
    private final ExecutorService workers;
    private final Deque<Future<CaptionBatch>> prepared = new ArrayDeque<>();
    private final long end;
    private long next;

    /**
     * Opens the stream and begins to prepare batches.
     *
     * @param size pairs in a batch
     * @param begin the first batch
     * @param end the batch after the last one
     */
    CaptionBatches(CaptionedImages source, ClipTokenizer tokenizer, int size, long begin, long end) {
        this.source = source;
        this.tokenizer = tokenizer;
        this.size = size;
        this.next = begin;
        this.end = end;
        this.workers = Executors.newFixedThreadPool(THREADS, work -> {
            Thread thread = new Thread(work, "clap-captions");
            thread.setDaemon(true);
            return thread;
        });
        while (prepared.size() < AHEAD && next < end) {
            prepareNext();
        }
    }

    private void prepareNext() {
        long batch = next++;
        prepared.add(workers.submit(() -> CaptionBatch.of(source, tokenizer, batch, size)));
    }

    /**
     * Returns the next batch.
     *
     * @throws dev.clap4j.ClapException if a sample cannot be read
     */
    CaptionBatch next() {
        Future<CaptionBatch> first = prepared.remove();
        if (next < end) {
            prepareNext();
        }
        try {
            return first.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("Interrupted while waiting for a batch");
        }
    }

    @Override
    public void close() {
        workers.shutdownNow();
        try {
            // Workers use the tokenizer, which the caller may close next.
            workers.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
