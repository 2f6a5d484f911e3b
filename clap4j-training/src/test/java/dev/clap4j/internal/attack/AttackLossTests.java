package dev.clap4j.internal.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clap4j.internal.engine.Forward;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TensorSource;
import dev.clap4j.internal.nn.TensorOps;
import dev.clap4j.internal.nn.Weights;
import dev.clap4j.internal.onnx.OrtEngine;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AttackLossTests {
    /** Hands on the first three pixels of each row as they are. */
    private record Flat(int classes) implements Forward {
        @Override
        public <T> T apply(TensorOps<T> ops, Weights<T> none, List<T> inputs) {
            return ops.slice(ops.reshape(inputs.get(0), 0, -1), 1, 0, classes);
        }
    }

    /** Returns the losses of given scores {@code [b, classes]}. */
    static float[] losses(AttackLoss loss, TensorData scores, int[] labels, int[] targets) {
        return point(loss, scores, labels, targets).losses();
    }

    private static VictimNetwork.Point point(AttackLoss loss, TensorData scores, int[] labels, int[] targets) {
        int count = labels.length;
        int classes = (int) scores.shape()[1];
        int side = (int) Math.ceil(Math.sqrt(classes / 3.0));
        int values = 3 * side * side;
        float[] images = new float[count * values];
        float[] given = scores.toFloats();
        for (int i = 0; i < count; i++) {
            System.arraycopy(given, i * classes, images, i * values, classes);
        }
        float[] identity = new float[classes * classes];
        for (int i = 0; i < classes; i++) {
            identity[i * (classes + 1)] = 1;
        }
        Scorer same = new Scorer(identity, new float[classes], false);
        TensorSource nothing = TensorSource.of(Map.of(), "nothing");
        try (VictimNetwork gradients = new VictimNetwork(OrtEngine.create(1), new Flat(classes), nothing, side)) {
            return gradients.at(same, loss, images, labels, targets);
        }
    }

    @Test
    void theRatioIgnoresScaleAndOffset() {
        float[] scores = {5, 1, 4, 2, 3, 7 * 5 - 3, 7 - 3, 7 * 4 - 3, 7 * 2 - 3, 7 * 3 - 3};
        float[] losses = losses(
                AttackLoss.TARGETED_RATIO, TensorData.of("scores", scores, 2, 5), new int[] {2, 2}, new int[] {1, 1});
        // −(4 − 1) / (5 − (3 + 2) / 2)
        assertThat(losses[0]).isCloseTo(-3f / 2.5f, within(1e-6f));
        assertThat(losses[1]).isCloseTo(losses[0], within(1e-6f));
    }

    /** The gradient of the cross-entropy is the softmax less the label, that of the margin one up and one down. */
    @Test
    void gradientsAreThoseOnPaper() {
        TensorData scores = TensorData.of("scores", new float[] {1, 2, 0.5f}, 1, 3);
        int[] label = {0};
        double sum = Math.exp(1) + Math.exp(2) + Math.exp(0.5);

        float[] entropy = Arrays.copyOf(
                point(AttackLoss.CROSS_ENTROPY, scores, label, label).gradient(), 3);
        float[] margin = Arrays.copyOf(
                point(AttackLoss.CARLINI_WAGNER, scores, label, label).gradient(), 3);

        assertThat(entropy)
                .containsExactly(
                        new float[] {
                            (float) (Math.exp(1) / sum - 1), (float) (Math.exp(2) / sum), (float) (Math.exp(0.5) / sum)
                        },
                        within(1e-6f));
        assertThat(margin).containsExactly(-1, 1, 0);
    }
}
