package dev.clap4j.training;

import dev.clap4j.io.TensorData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The steps of an interval and the features of all their texts. */
final class EncodedInterval {
    private final int dim;
    private final List<PlannedStep> steps;
    private final Map<String, float[]> plain;
    private final List<float[]> noisy;

    /**
     * Joins steps and features.
     *
     * @param plain by text
     * @param noisy of the augmented prompts of all noisy steps, in order
     */
    EncodedInterval(int dim, List<PlannedStep> steps, Map<String, float[]> plain, List<float[]> noisy) {
        this.dim = dim;
        this.steps = steps;
        this.plain = plain;
        this.noisy = noisy;
    }

    int steps() {
        return steps.size();
    }

    /** The features of a step's n prompts, then of their augmented forms, then of their classes, {@code [3n, D]}. */
    TensorData batch(int step) {
        PlannedStep planned = steps.get(step);
        int n = planned.prompts().size();
        List<float[]> rows = new ArrayList<>(3 * n);
        planned.prompts().forEach(text -> rows.add(plain.get(text)));
        if (planned.isNoisy()) {
            rows.addAll(noisy.subList(step * n, (step + 1) * n));
        } else {
            planned.augmented().forEach(text -> rows.add(plain.get(text)));
        }
        planned.classNames().forEach(text -> rows.add(plain.get(text)));
        float[] values = new float[3 * n * dim];
        for (int i = 0; i < 3 * n; i++) {
            System.arraycopy(rows.get(i), 0, values, i * dim, dim);
        }
        return TensorData.of("batch", values, 3L * n, dim);
    }
}
