package dev.clap4j.internal.training;

import dev.clap4j.internal.io.ReusedMemory;
import dev.clap4j.internal.io.TensorData;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The steps of an interval and the features of their inputs. */
final class EncodedInterval<K, V> {
    private final int dim;
    private final Map<K, float[]> lasting;
    private final ReusedMemory memory = new ReusedMemory();
    private final List<PlannedBatch<K, V>> steps = new ArrayList<>();
    private final List<List<float[]>> passing = new ArrayList<>();

    /**
     * Joins steps and features.
     *
     * @param lasting the features of shared inputs, by input
     * @param passing the features of single-step inputs, in the order of the steps
     */
    EncodedInterval(int dim, List<? extends PlannedBatch<K, V>> steps, Map<K, float[]> lasting, List<float[]> passing) {
        this.dim = dim;
        this.lasting = lasting;
        int start = 0;
        for (PlannedBatch<K, V> step : steps) {
            int end = start + step.passing().size();
            this.steps.add(step);
            this.passing.add(passing.subList(start, end));
            start = end;
        }
    }

    int steps() {
        return steps.size();
    }

    /**
     * Returns the features of a step's batch, {@code [rows, D]}, in the blocks that the objective expects. The memory
     * is reused by the next call.
     */
    TensorData batch(int step) {
        List<float[]> rows = steps.get(step).rows(lasting, passing.get(step));
        TensorData batch = memory.floats("batch", rows.size(), dim);
        FloatBuffer values = batch.bytes().asFloatBuffer();
        rows.forEach(values::put);
        return batch;
    }
}
