package dev.clap4j.internal.attack;

import dev.clap4j.internal.torch.NativeScope;
import java.util.Arrays;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * One round of Auto-PGD (Croce and Hein 2020, algorithm 1), with a step size per image. The step size starts at twice
 * epsilon. At checkpoints, which become more and more frequent, it is halved and the image reset to its best point so
 * far if the loss has risen too rarely or has reached no new maximum.
 *
 * <p>Must be created and used within one {@link NativeScope}.
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
    private final Tensor images;
    private final Tensor before;
    private final Tensor gradient;
    private final Tensor best;
    private final Tensor bestGradient;
    private final Tensor found;
    private final float[] stepSize;
    private final float[] loss;
    private final float[] bestLoss;
    private final float[] bestAtCheck;
    private final int[] rises;
    private final boolean[] halvedAtCheck;
    private final boolean[] wrong;

    GradientAscent(AttackTask task, AttackLoss loss, int steps) {
        int n = task.labels().length;
        this.task = task;
        this.gradients = new Gradients(task, loss);
        this.steps = steps;
        this.images = task.start();
        this.before = images.clone();
        this.gradient = torch.zeros_like(images);
        this.best = images.clone();
        this.bestGradient = torch.zeros_like(images);
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

    /** Takes steps until all images are misclassified or none are left. */
    void run() {
        NativeScope.run(this::look);
        System.arraycopy(bestLoss, 0, bestAtCheck, 0, bestLoss.length);
        int period = part(FIRST_PERIOD);
        int since = 0;
        for (int step = 0; step < steps && Labels.unmarked(wrong).length > 0; step++) {
            double momentum = step == 0 ? 0 : MOMENTUM;
            NativeScope.run(() -> {
                move(momentum);
                look();
            });
            if (++since == period) {
                int seen = since;
                NativeScope.run(() -> check(seen));
                since = 0;
                period = Math.max(period - part(PERIOD_LOSS), part(LEAST_PERIOD));
            }
        }
    }

    private int part(double share) {
        return Math.max(1, (int) (share * steps));
    }

    private void move(double momentum) {
        Ball ball = task.ball();
        Tensor size = torch.tensor(stepSize).reshape(-1, 1, 1, 1);
        Tensor ahead = ball.project(images.add(gradient.sign().mul(size)));
        Tensor next = images.add(ahead.sub(images).mul(new Scalar(1 - momentum)))
                .add(images.sub(before).mul(new Scalar(momentum)));
        before.copy_(images);
        images.copy_(ball.project(next));
    }

    /** Evaluates the current images and updates the best points. */
    private void look() {
        Gradients.Point point = gradients.at(images);
        gradient.copy_(point.gradient());
        boolean[] wrongNow = Labels.wrong(point.scores(), task.labels());
        float[] now = point.lossValues();
        for (int i = 0; i < now.length; i++) {
            if (now[i] > loss[i]) {
                rises[i]++;
            }
            loss[i] = now[i];
            if (now[i] > bestLoss[i]) {
                bestLoss[i] = now[i];
                copy(images, best, i);
                copy(gradient, bestGradient, i);
            }
            if (wrongNow[i] && !wrong[i]) {
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

    private static void copy(Tensor from, Tensor to, int image) {
        to.select(0, image).copy_(from.select(0, image));
    }

    /**
     * Returns the adversarial images: for each, the first point that was misclassified, otherwise the one with the
     * highest loss.
     */
    Tensor result() {
        for (int i = 0; i < wrong.length; i++) {
            if (!wrong[i]) {
                copy(best, found, i);
            }
        }
        return found;
    }

    /** Returns whether an image was misclassified at some point. */
    boolean isWrong(int image) {
        return wrong[image];
    }

    /** Returns {@link AttackTrace#zeroGradients}. */
    boolean[] zeroGradients() {
        return gradients.zero();
    }
}
