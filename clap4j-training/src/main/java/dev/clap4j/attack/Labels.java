package dev.clap4j.attack;

import dev.clap4j.internal.classify.ZeroShotClassifier;
import dev.clap4j.internal.torch.Tensors;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Class numbers and places between Java and libtorch. */
final class Labels {
    private Labels() {}

    /** {@code [n]}, integers. */
    static Tensor tensor(int[] numbers) {
        return torch.tensor(Arrays.stream(numbers).asLongStream().toArray());
    }

    /** The places of {@code labels} whose best score is another class's. */
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

    /** The places that are not marked. */
    static int[] unmarked(boolean[] marks) {
        return IntStream.range(0, marks.length).filter(i -> !marks[i]).toArray();
    }

    /** The numbers at some places. */
    static int[] pick(int[] numbers, int[] places) {
        return Arrays.stream(places).map(i -> numbers[i]).toArray();
    }
}
