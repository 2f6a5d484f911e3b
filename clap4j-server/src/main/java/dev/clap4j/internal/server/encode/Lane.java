package dev.clap4j.internal.server.encode;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/**
 * The inputs of one request on their way into batches: only some of them at a time, so that a request of many inputs does
 * not hold up those of few.
 */
final class Lane {
    private final IntFunction<CompletableFuture<float[]>> work;
    private final List<CompletableFuture<float[]>> rows = new ArrayList<>();
    private final AtomicInteger next = new AtomicInteger();

    private Lane(int inputs, IntFunction<CompletableFuture<float[]>> work) {
        this.work = work;
        for (int i = 0; i < inputs; i++) {
            rows.add(new CompletableFuture<>());
        }
    }

    /**
     * Starts the work on inputs.
     *
     * @param width the number of inputs at a time
     * @param work begins with an input, by its number
     * @return a row for each input, in order
     */
    static List<CompletableFuture<float[]>> start(int inputs, int width, IntFunction<CompletableFuture<float[]>> work) {
        Lane lane = new Lane(inputs, work);
        for (int i = 0; i < width; i++) {
            lane.advance();
        }
        return lane.rows;
    }

    private void advance() {
        // A loop, since work that is done at once would nest as deep as there are inputs.
        for (int i = next.getAndIncrement(); i < rows.size(); i = next.getAndIncrement()) {
            CompletableFuture<float[]> row = rows.get(i);
            CompletableFuture<float[]> started = work.apply(i);
            if (!started.isDone()) {
                var unused = started.whenComplete((value, error) -> {
                    complete(row, value, error);
                    advance();
                });
                return;
            }
            var unused = started.whenComplete((value, error) -> complete(row, value, error));
        }
    }

    private static void complete(CompletableFuture<float[]> row, float[] value, Throwable error) {
        if (error == null) {
            row.complete(value);
        } else {
            row.completeExceptionally(error);
        }
    }
}
