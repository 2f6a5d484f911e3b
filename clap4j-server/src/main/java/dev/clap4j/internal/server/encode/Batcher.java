package dev.clap4j.internal.server.encode;

import dev.clap4j.ClapException;
import dev.clap4j.feature.FeatureMatrix;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Encodes inputs of many calls in common batches, on a thread of its own: a batch begins when it is full, or when its
 * first input has waited for some milliseconds. Calls take turns: those of few inputs do not wait for all inputs of others.
 * An input that makes a batch fail fails alone.
 *
 * @param <I> an input, decoded or tokenised
 */
final class Batcher<I> implements AutoCloseable {
    /** A change to {@code encode} of a batch. */
    @FunctionalInterface
    interface Observer {
        /**
         * Receives a finished batch.
         *
         * @param nanos the time it took
         */
        void encoded(int inputs, long nanos);
    }

    /** An input that waits; of those with the same turn, the one that came first is next. */
    private record Item<I>(I input, long turn, long number, Call call, CompletableFuture<float[]> row)
            implements Comparable<Item<I>> {
        @Override
        public int compareTo(Item<I> other) {
            return turn == other.turn ? Long.compare(number, other.number) : Long.compare(turn, other.turn);
        }
    }

    private final PriorityBlockingQueue<Item<I>> queue = new PriorityBlockingQueue<>();
    private final AtomicLong number = new AtomicLong();
    private final int most;
    private final long delay;
    private final Function<List<I>, FeatureMatrix> encoder;
    private final Observer observer;
    private final Thread thread;
    private volatile boolean closed;

    /** The latest turn of an input that was encoded. */
    private volatile long turn;

    /**
     * Starts the thread.
     *
     * @param most the size of a batch
     * @param delay the time for which a batch waits to become full
     * @param encoder returns a row for each input
     */
    Batcher(String name, int most, Duration delay, Function<List<I>, FeatureMatrix> encoder, Observer observer) {
        this.most = most;
        this.delay = delay.toNanos();
        this.encoder = encoder;
        this.observer = observer;
        this.thread = new Thread(this::work, "clap4j-batches-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Returns the turn of the first input of a call that begins; each further input has the turn after. */
    long nextTurn() {
        return turn + 1;
    }

    /**
     * Returns the features of an input, once its batch is done.
     *
     * @param wanted the turn that the call has for it; if that has passed, it is the next
     */
    CompletableFuture<float[]> submit(I input, long wanted, Call call) {
        return add(input, Math.max(wanted, nextTurn()), call);
    }

    /** Returns the features of an input, which is put before all that wait. */
    CompletableFuture<float[]> submitFirst(I input, Call call) {
        return add(input, 0, call);
    }

    private CompletableFuture<float[]> add(I input, long itsTurn, Call call) {
        CompletableFuture<float[]> row = new CompletableFuture<>();
        queue.add(new Item<>(input, itsTurn, number.getAndIncrement(), call, row));
        if (closed) {
            cancelAll();
        }
        return row;
    }

    private void work() {
        while (!closed) {
            try {
                List<Item<I>> batch = next();
                if (!batch.isEmpty()) {
                    encode(batch);
                }
            } catch (InterruptedException e) {
                // Only close() interrupts.
                break;
            }
        }
        cancelAll();
    }

    private List<Item<I>> next() throws InterruptedException {
        List<Item<I>> batch = new ArrayList<>(most);
        long end = 0;
        while (batch.size() < most) {
            Item<I> item = batch.isEmpty() ? queue.take() : queue.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (item == null) {
                break;
            }
            if (item.call.isOver()) {
                item.row.completeExceptionally(new CancellationException());
                continue;
            }
            if (batch.isEmpty()) {
                end = System.nanoTime() + delay;
            }
            turn = Math.max(turn, item.turn);
            batch.add(item);
        }
        return batch;
    }

    private void encode(List<Item<I>> batch) {
        long start = System.nanoTime();
        try {
            FeatureMatrix rows =
                    encoder.apply(batch.stream().map(item -> item.input).toList());
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).row.complete(rows.row(i));
            }
        } catch (ClapException e) {
            if (batch.size() == 1) {
                batch.get(0).row.completeExceptionally(e);
            } else {
                batch.forEach(item -> encode(List.of(item)));
            }
        } catch (RuntimeException | Error e) {
            // The request says so; the thread goes on for the others.
            batch.forEach(item -> item.row.completeExceptionally(e));
        }
        observer.encoded(batch.size(), System.nanoTime() - start);
    }

    private void cancelAll() {
        for (Item<I> item = queue.poll(); item != null; item = queue.poll()) {
            item.row.completeExceptionally(new CancellationException());
        }
    }

    /** Returns the number of inputs that wait. */
    int waiting() {
        return queue.size();
    }

    /** Cancels what waits, and waits for the batch at work. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
