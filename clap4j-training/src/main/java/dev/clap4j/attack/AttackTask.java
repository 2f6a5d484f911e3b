package dev.clap4j.attack;

import dev.clap4j.internal.run.Steps;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;

/**
 * A batch of images to attack.
 *
 * @param scores from images {@code [b, 3, size, size]}, as the threat model sees them, to scores {@code [b, classes]}
 * @param ball where the adversarial images stay
 * @param labels the right classes {@code [b]}
 * @param noise where random starts come from
 * @param steps advanced by the gradients of single images
 */
record AttackTask(UnaryOperator<Tensor> scores, Ball ball, int[] labels, Noise noise, Steps steps) {
    /** The images as they are. */
    Tensor images() {
        return ball.centre();
    }

    /** A random start for every image. */
    Tensor start() {
        int[] all = new int[labels.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = i;
        }
        return ball.start(noise.draw(all));
    }

    /** The task for some of the images. */
    AttackTask part(int[] places) {
        Tensor images = ball.centre().index_select(0, Labels.tensor(places));
        return new AttackTask(scores, ball.around(images), Labels.pick(labels, places), noise.of(places), steps);
    }
}
