package dev.clap4j.internal.attack;

import dev.clap4j.internal.run.Steps;
import java.util.stream.IntStream;

/**
 * A batch of images to attack.
 *
 * @param network computes the gradients; takes images in the form of the threat model
 * @param scorer the classifier that the attack sees
 * @param ball the set that the adversarial images stay in
 * @param labels the true classes {@code [b]}
 * @param noise the source of random starts
 * @param steps advanced by every image whose gradient is computed
 */
record AttackTask(PixelGradients network, Scorer scorer, Ball ball, int[] labels, Noise noise, Steps steps) {
    /** Returns the number of values of an image. */
    int values() {
        return ball.centre().length / labels.length;
    }

    /** Returns a random start for every image. */
    float[] start() {
        return ball.start(noise.draw(IntStream.range(0, labels.length).toArray()));
    }

    /** Computes scores, losses and gradients; see {@link PixelGradients#at}. */
    PixelGradients.Point at(AttackLoss loss, float[] images, int[] targets) {
        return network.at(scorer, loss, images, labels, targets);
    }

    /**
     * Returns the task for some of the images.
     *
     * @param places the indices of the images in the batch
     */
    AttackTask part(int[] places) {
        float[] centre = new float[places.length * values()];
        for (int i = 0; i < places.length; i++) {
            System.arraycopy(ball.centre(), places[i] * values(), centre, i * values(), values());
        }
        return new AttackTask(
                network,
                scorer,
                new Ball(centre, ball.epsilon()),
                Labels.pick(labels, places),
                noise.of(places),
                steps);
    }
}
