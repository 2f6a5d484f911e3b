package dev.clap4j.internal.attack;

import java.util.Arrays;

/**
 * One round of Auto-PGD (Croce and Hein 2020, algorithm 1), with a step size per image. The step size starts at twice
 * epsilon. At checkpoints, which become more and more frequent, it is halved and the image reset to its best point so
 * far if the loss has risen too rarely or has reached no new maximum.
 */
final class GradientAscent {
    private static final double MOMENTUM = 0.25;
    private static final double ENOUGH_RISES = 0.75;
    private static final double FIRST_PERIOD = 0.22;
    private static final double PERIOD_LOSS = 0.03;
    private static final double LEAST_PERIOD = 0.06;

    private final AttackTask task;
    private final Gradients gradients;
    private final int steps;
    private final float[] images;
    private final float[] before;
    private final float[] gradient;
    private final float[] best;
    private final float[] bestGradient;
    private final float[] found;
    private final float[] stepSize;
    private final float[] loss;
    private final float[] bestLoss;
    private final float[] bestAtCheck;
    private final int[] rises;
    private final boolean[] halvedAtCheck;
    private final boolean[] wrong;

    GradientAscent(AttackTask task, AttackLoss loss, int[] targets, int steps) {
        int n = task.labels().length;
        this.task = task;
        this.gradients = new Gradients(task, loss, targets);
        this.steps = steps;
        this.images = task.start();
        this.before = images.clone();
        this.gradient = new float[images.length];
        this.best = images.clone();
        this.bestGradient = new float[images.length];
        this.found = images.clone();
        this.stepSize = filled(n, (float) (2 * task.ball().epsilon()));
        this.loss = filled(n, Float.POSITIVE_INFINITY);
        this.bestLoss = filled(n, Float.NEGATIVE_INFINITY);
        this.bestAtCheck = new float[n];
        this.rises = new int[n];
        this.halvedAtCheck = new boolean[n];
        this.wrong = new boolean[n];
    }

    private static float[] filled(int n, float value) {
        float[] values = new float[n];
        Arrays.fill(values, value);
        return values;
    }

    /**
     * Takes steps until all images are misclassified or none are left. The result is for each image the first point
     * that is misclassified, otherwise the one with the highest loss.
     */
    Round.Found run() {
        look();
        System.arraycopy(bestLoss, 0, bestAtCheck, 0, bestLoss.length);
        int period = part(FIRST_PERIOD);
        int since = 0;
        for (int step = 0; step < steps && Labels.unmarked(wrong).length > 0; step++) {
            double momentum = step == 0 ? 0 : MOMENTUM;
            move(momentum);
            look();
            if (++since == period) {
                check(since);
                since = 0;
                period = Math.max(period - part(PERIOD_LOSS), part(LEAST_PERIOD));
            }
        }
        for (int i : Labels.unmarked(wrong)) {
            copy(best, found, i);
        }
        return new Round.Found(found, wrong, gradients.zero());
    }

    private int part(double share) {
        return Math.max(1, (int) (share * steps));
    }

    private void move(double momentum) {
        Ball ball = task.ball();
        float keep = (float) (1 - momentum);
        float go = (float) momentum;
        for (int i = 0; i < images.length; i++) {
            float size = stepSize[i / task.values()];
            float ahead = ball.project(i, images[i] + Math.signum(gradient[i]) * size);
            float next = images[i] + (ahead - images[i]) * keep + (images[i] - before[i]) * go;
            before[i] = images[i];
            images[i] = ball.project(i, next);
        }
    }

    /** Evaluates the images that are not misclassified yet, and updates the best points. */
    private void look() {
        int[] open = Labels.unmarked(wrong);
        VictimNetwork.Point point = gradients.at(images, open);
        boolean[] wrongNow = Labels.wrong(point.scores(), Labels.pick(task.labels(), open));
        for (int k = 0; k < open.length; k++) {
            int i = open[k];
            System.arraycopy(point.gradient(), k * task.values(), gradient, i * task.values(), task.values());
            float now = point.losses()[k];
            if (now > loss[i]) {
                rises[i]++;
            }
            loss[i] = now;
            if (now > bestLoss[i]) {
                bestLoss[i] = now;
                copy(images, best, i);
                copy(gradient, bestGradient, i);
            }
            if (wrongNow[k]) {
                wrong[i] = true;
                copy(images, found, i);
            }
        }
    }

    private void check(int since) {
        for (int i = 0; i < rises.length; i++) {
            boolean seldom = rises[i] < ENOUGH_RISES * since;
            boolean nothingNew = !halvedAtCheck[i] && bestLoss[i] <= bestAtCheck[i];
            halvedAtCheck[i] = seldom || nothingNew;
            if (halvedAtCheck[i]) {
                stepSize[i] /= 2;
                loss[i] = bestLoss[i];
                copy(best, images, i);
                copy(bestGradient, gradient, i);
            }
            bestAtCheck[i] = bestLoss[i];
            rises[i] = 0;
        }
    }

    private void copy(float[] from, float[] to, int image) {
        int start = image * task.values();
        System.arraycopy(from, start, to, start, task.values());
    }
}
