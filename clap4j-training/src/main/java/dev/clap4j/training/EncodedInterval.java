package dev.clap4j.training;

import dev.clap4j.internal.io.ReusedMemory;
import dev.clap4j.internal.io.TensorData;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The steps of an interval and the features of all that they are trained on. */
final class EncodedInterval<K, V> {
    private final int dim;
    private final Map<K, float[]> lasting;
    private final ReusedMemory memory = new ReusedMemory();
    private final List<PlannedBatch<K, V>> steps = new ArrayList<>();
    private final List<List<float[]>> passing = new ArrayList<>();

    /**
     * Joins steps and features.
     *
     * @param lasting by what they are of
     * @param passing of what is each step's alone, step by step
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
     * The features of a step, {@code [rows, D]}, in the blocks that the objective asks for. Those of the step asked for before
     * are overwritten with them.
     */
    TensorData batch(int step) {
        List<float[]> rows = steps.get(step).rows(lasting, passing.get(step));
        TensorData batch = memory.floats("batch", rows.size(), dim);
        FloatBuffer values = batch.bytes().asFloatBuffer();
        rows.forEach(values::put);
        return batch;
    }
}
