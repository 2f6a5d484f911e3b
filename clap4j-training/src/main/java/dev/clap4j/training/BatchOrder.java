package dev.clap4j.training;

import dev.clap4j.internal.run.Streams;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Which samples each step takes: without replacement, shuffled anew at each pass. What is left of a pass and too little
 * for a batch is passed over.
 */
final class BatchOrder {
    private final int samples;
    private final int batchSize;
    private final Streams streams;
    private long shuffledPass = -1;
    private int[] order = {};

    /**
     * An order.
     *
     * @param samples how many there are, no fewer than a batch takes
     */
    BatchOrder(int samples, int batchSize, Streams streams) {
        this.samples = samples;
        this.batchSize = batchSize;
        this.streams = streams;
    }

    /** The numbers of a step's samples. */
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
