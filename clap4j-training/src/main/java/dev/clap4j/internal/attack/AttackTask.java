package dev.clap4j.internal.attack;

import dev.clap4j.internal.run.Steps;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A batch of images to attack.
 *
 * @param network the network under attack; takes images in the form of the threat model
 * @param scorer the classifier that the attack sees
 * @param ball the set that the adversarial images stay in
 * @param labels the true classes {@code [b]}
 * @param random the source of random numbers of each image, so that they do not depend on the rest of the batch
 * @param steps advanced by every image that the network is evaluated on
 */
record AttackTask(
        VictimNetwork network, Scorer scorer, Ball ball, int[] labels, List<RandomGenerator> random, Steps steps) {
    /** Returns the number of values of an image. */
    int values() {
        return ball.centre().length / labels.length;
    }

    /** Returns a random start for every image: uniform in the ball, then clamped to between 0 and 1. */
    float[] start() {
        float[] start = ball.centre().clone();
        for (int i = 0; i < start.length; i++) {
            double unit = random.get(i / values()).nextDouble();
            start[i] = Ball.clamp(start[i] + (float) ((2 * unit - 1) * ball.epsilon()));
        }
        return start;
    }

    /**
     * Computes the scores of images of this batch, {@code [b, classes]}.
     *
     * @throws dev.clap4j.StoppedException if a stop is requested
     */
    float[] scores(float[] images) {
        steps.checkStop();
        float[] scores = scorer.scores(network.features(images));
        steps.add(labels.length);
        return scores;
    }

    /**
     * Returns some images of a batch as one batch.
     *
     * @param images a value for each of this task
     * @param places the indices of the images
     */
    float[] gather(float[] images, int[] places) {
        float[] part = new float[places.length * values()];
        for (int i = 0; i < places.length; i++) {
            System.arraycopy(images, places[i] * values(), part, i * values(), values());
        }
        return part;
    }

    /**
     * Returns the task for some of the images.
     *
     * @param places the indices of the images in the batch
     */
    AttackTask part(int[] places) {
        return new AttackTask(
                network,
                scorer,
                new Ball(gather(ball.centre(), places), ball.epsilon()),
                Labels.pick(labels, places),
                Arrays.stream(places).mapToObj(random::get).toList(),
                steps);
    }
}
