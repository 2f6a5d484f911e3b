package dev.clap4j.internal.attack;

import dev.clap4j.internal.classify.ZeroShotClassifier;
import dev.clap4j.internal.torch.Tensors;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Converts class labels and batch indices between Java and libtorch. */
final class Labels {
    private Labels() {}

    /** Returns an integer tensor {@code [n]}. */
    static Tensor tensor(int[] numbers) {
        return torch.tensor(Arrays.stream(numbers).asLongStream().toArray());
    }

    /** Returns for each image whether another class than its label has the best score. */
    static boolean[] wrong(Tensor scores, int[] labels) {
        float[] values = Tensors.toData("scores", scores).toFloats();
        int classes = values.length / labels.length;
        boolean[] wrong = new boolean[labels.length];
        for (int i = 0; i < labels.length; i++) {
            float[] row = Arrays.copyOfRange(values, i * classes, (i + 1) * classes);
            wrong[i] = ZeroShotClassifier.argMax(row) != labels[i];
        }
        return wrong;
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
