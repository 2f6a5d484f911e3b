package dev.clap4j.internal.attack;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * One round of targeted FAB (Croce and Hein 2020, Minimally distorted adversarial examples with a fast adaptive boundary
 * attack, algorithm 1): a search for the nearest image on the other side of the boundary to a target class. Every step
 * takes the boundary for a hyperplane, moves a little past the projections onto it of the current image and of the
 * original one, mixed; and once beyond the boundary goes back towards the original. An image that has come within epsilon
 * is finished. As in AutoAttack, there is no final search.
 *
 * <p>Values of the original that are not between 0 and 1 are clamped, and stay so.
 */
final class BoundarySearch {
    /** The largest share of the original's projection. */
    private static final double LARGEST_SHARE = 0.1;

    private static final double OVERSHOOT = 1.05;
    private static final double WAY_BACK = 0.9;

    private final AttackTask task;
    private final Gradients gradients;
    private final int steps;
    private final float[] originals;
    private final float[] images;
    private final float[] nearest;
    private final float[] distance;

    /**
     * Creates a search that starts from the original images.
     *
     * @param targets for each image a class other than its true class
     */
    BoundarySearch(AttackTask task, int[] targets, int steps) {
        this.task = task;
        this.gradients = new Gradients(task, AttackLoss.TARGET_LEAD, targets);
        this.steps = steps;
        this.originals = Ball.clamp(task.ball().centre());
        this.images = originals.clone();
        this.nearest = originals.clone();
        this.distance = new float[task.labels().length];
        Arrays.fill(distance, Float.POSITIVE_INFINITY);
    }

    /** Takes steps until all images are finished or none are left. The original stands for what is not found. */
    Round.Found run() {
        int[] open = IntStream.range(0, distance.length).toArray();
        for (int step = 0; step < steps && open.length > 0; step++) {
            move(open);
            look(open);
            open = Labels.unmarked(near());
        }
        boolean[] near = near();
        float[] found = originals.clone();
        for (int i = 0; i < found.length; i++) {
            if (near[i / task.values()]) {
                found[i] = nearest[i];
            }
        }
        return new Round.Found(found, near, gradients.zero());
    }

    /** Returns for each image the nearest one beyond the boundary, within epsilon or not; the original if none is. */
    float[] nearest() {
        return nearest;
    }

    private void move(int[] open) {
        VictimNetwork.Point point = gradients.at(images, open);
        for (int i = 0; i < open.length; i++) {
            float[] gradient = new float[task.values()];
            System.arraycopy(point.gradient(), i * gradient.length, gradient, 0, gradient.length);
            move(open[i] * gradient.length, point.losses()[i], gradient);
        }
    }

    /**
     * Moves an image.
     *
     * @param from the index of its first value
     * @param lead the lead of the target class, negative before the boundary
     * @param gradient the gradient of that
     */
    private void move(int from, float lead, float[] gradient) {
        float[] image = new float[gradient.length];
        float[] original = new float[gradient.length];
        double originalLead = lead;
        for (int i = 0; i < image.length; i++) {
            image[i] = images[from + i];
            original[i] = originals[from + i];
            if (original[i] != task.ball().centre()[from + i]) {
                gradient[i] = 0;
            }
            originalLead += gradient[i] * (double) (original[i] - image[i]);
        }
        float[] step = BoxProjection.step(lead, gradient, image);
        float[] originalStep = BoxProjection.step(originalLead, gradient, original);
        double length = largest(step);
        double sum = length + largest(originalStep);
        double share = sum == 0 ? 0 : Math.min(LARGEST_SHARE, length / sum);
        for (int i = 0; i < image.length; i++) {
            double own = image[i] + OVERSHOOT * step[i];
            double back = original[i] + OVERSHOOT * originalStep[i];
            images[from + i] = Ball.clamp((float) ((1 - share) * own + share * back));
        }
    }

    private static float largest(float[] step) {
        float largest = 0;
        for (float value : step) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    /** Keeps the images beyond the boundary that are nearer than before, and takes them back. */
    private void look(int[] open) {
        AttackTask part = task.part(open);
        boolean[] wrong = Labels.wrong(part.scores(task.gather(images, open)), part.labels());
        for (int k = 0; k < open.length; k++) {
            if (wrong[k]) {
                keep(open[k]);
            }
        }
    }

    private void keep(int image) {
        int from = image * task.values();
        int to = from + task.values();
        float now = 0;
        for (int i = from; i < to; i++) {
            now = Math.max(now, Math.abs(images[i] - originals[i]));
        }
        if (now < distance[image]) {
            distance[image] = now;
            System.arraycopy(images, from, nearest, from, task.values());
        }
        for (int i = from; i < to; i++) {
            images[i] = (float) (originals[i] + WAY_BACK * (images[i] - originals[i]));
        }
    }

    /** Returns for each image whether an adversarial one within epsilon was found. */
    private boolean[] near() {
        boolean[] near = new boolean[distance.length];
        for (int i = 0; i < near.length; i++) {
            near[i] = distance[i] <= (float) task.ball().epsilon();
        }
        return near;
    }
}
