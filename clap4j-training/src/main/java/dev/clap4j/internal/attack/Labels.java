package dev.clap4j.internal.attack;

import dev.clap4j.internal.classify.ZeroShotClassifier;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Class labels and batch indices. */
final class Labels {
    private Labels() {}

    /**
     * Returns for each image whether another class than its label has the best score.
     *
     * @param scores {@code [b, classes]}
     */
    static boolean[] wrong(float[] scores, int[] labels) {
        int classes = scores.length / labels.length;
        boolean[] wrong = new boolean[labels.length];
        for (int i = 0; i < labels.length; i++) {
            float[] row = Arrays.copyOfRange(scores, i * classes, (i + 1) * classes);
            wrong[i] = ZeroShotClassifier.argMax(row) != labels[i];
        }
        return wrong;
    }

    /**
     * Returns for each image the lead of its label over the best other class.
     *
     * @param scores {@code [b, classes]}
     */
    static float[] margins(float[] scores, int[] labels) {
        int classes = scores.length / labels.length;
        float[] margins = new float[labels.length];
        for (int i = 0; i < labels.length; i++) {
            float best = Float.NEGATIVE_INFINITY;
            for (int c = 0; c < classes; c++) {
                best = c == labels[i] ? best : Math.max(best, scores[i * classes + c]);
            }
            margins[i] = scores[i * classes + labels[i]] - best;
        }
        return margins;
    }

    /** Returns the indices of the unmarked elements. */
    static int[] unmarked(boolean[] marks) {
        return IntStream.range(0, marks.length).filter(i -> !marks[i]).toArray();
    }

    /** Returns the elements at the given indices. */
    static int[] pick(int[] numbers, int[] places) {
        return Arrays.stream(places).map(i -> numbers[i]).toArray();
    }
}
