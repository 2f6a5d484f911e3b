package dev.clap4j.internal.training;

import dev.clap4j.internal.run.Streams;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The order in which samples are drawn: without replacement, reshuffled in each epoch. A last batch that would be
 * incomplete is dropped.
 */
final class BatchOrder {
    private final int samples;
    private final int batchSize;
    private final Streams streams;
    private long shuffledPass = -1;
    private int[] order = {};

    /**
     * Creates an order.
     *
     * @param samples the number of samples, at least {@code batchSize}
     */
    BatchOrder(int samples, int batchSize, Streams streams) {
        this.samples = samples;
        this.batchSize = batchSize;
        this.streams = streams;
    }

    /** Returns the indices of the samples in a step's batch. */
    int[] of(int step) {
        int stepsInPass = samples / batchSize;
        shuffle(step / stepsInPass);
        int start = step % stepsInPass * batchSize;
        return Arrays.copyOfRange(order, start, start + batchSize);
    }

    private void shuffle(long pass) {
        if (pass == shuffledPass) {
            return;
        }
        RandomGenerator random = streams.get("batches", pass);
        order = new int[samples];
        for (int i = 0; i < order.length; i++) {
            int other = random.nextInt(i + 1);
            order[i] = order[other];
            order[other] = i;
        }
        shuffledPass = pass;
    }
}
