package dev.clap4j.internal.server.encode;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * The inputs of one request on their way into batches: only some of them at a time, so that a request of many inputs does
 * not hold up those of few.
 */
final class Lane<I> {
    private final List<I> inputs;
    private final Function<I, CompletableFuture<float[]>> work;
    private final List<CompletableFuture<float[]>> rows = new ArrayList<>();
    private final AtomicInteger next = new AtomicInteger();

    private Lane(List<I> inputs, Function<I, CompletableFuture<float[]>> work) {
        this.inputs = inputs;
        this.work = work;
        inputs.forEach(input -> rows.add(new CompletableFuture<>()));
    }

    /**
     * Starts the work on inputs.
     *
     * @param width the number of inputs at a time
     * @return a row for each input, in order
     */
    static <I> List<CompletableFuture<float[]>> start(
            List<I> inputs, int width, Function<I, CompletableFuture<float[]>> work) {
        Lane<I> lane = new Lane<>(inputs, work);
        for (int i = 0; i < width; i++) {
            lane.advance();
        }
        return lane.rows;
    }

    private void advance() {
        // A loop, since work that is done at once would nest as deep as there are inputs.
        for (int i = next.getAndIncrement(); i < inputs.size(); i = next.getAndIncrement()) {
            CompletableFuture<float[]> row = rows.get(i);
            CompletableFuture<float[]> started = work.apply(inputs.get(i));
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
