package dev.clap4j.internal.attack;

import dev.clap4j.internal.run.Steps;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;

/**
 * A batch of images to attack.
 *
 * @param scores maps images {@code [b, 3, size, size]}, in the form of the threat model, to scores {@code [b, classes]}
 * @param ball the set that the adversarial images stay in
 * @param labels the true classes {@code [b]}
 * @param noise the source of random starts
 * @param steps advanced by every image whose gradient is computed
 */
record AttackTask(UnaryOperator<Tensor> scores, Ball ball, int[] labels, Noise noise, Steps steps) {
    /** Returns the original images. */
    Tensor images() {
        return ball.centre();
    }

    /** Returns a random start for every image. */
    Tensor start() {
        int[] all = new int[labels.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = i;
        }
        return ball.start(noise.draw(all));
    }

    /**
     * Returns the task for some of the images.
     *
     * @param places the indices of the images in the batch
     */
    AttackTask part(int[] places) {
        Tensor images = ball.centre().index_select(0, Labels.tensor(places));
        return new AttackTask(scores, ball.around(images), Labels.pick(labels, places), noise.of(places), steps);
    }
}
