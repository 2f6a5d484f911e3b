package dev.clap4j.internal.attack;

/** Computes the losses of a batch and their gradients with respect to the pixels. */
final class Gradients {
    private final AttackTask task;
    private final AttackLoss loss;
    private final int[] targets;
    private final boolean[] zero;

    /**
     * Creates an instance that has not computed any gradient.
     *
     * @param targets for each image a class other than its true class, for losses with a target
     */
    Gradients(AttackTask task, AttackLoss loss, int[] targets) {
        this.task = task;
        this.loss = loss;
        this.targets = targets;
        this.zero = new boolean[task.labels().length];
    }

    /**
     * Computes scores, losses and gradients.
     *
     * @throws dev.clap4j.StoppedException if a stop is requested
     */
    PixelGradients.Point at(float[] images) {
        task.steps().checkStop();
        PixelGradients.Point point = task.at(loss, images, targets);
        for (int i = 0; i < zero.length; i++) {
            zero[i] |= isZero(point.gradient(), i * task.values(), (i + 1) * task.values());
        }
        task.steps().add(zero.length);
        return point;
    }

    private static boolean isZero(float[] gradient, int from, int to) {
        for (int i = from; i < to; i++) {
            if (gradient[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /** Returns for each image whether its gradient was zero everywhere at some point. */
    boolean[] zero() {
        return zero.clone();
    }
}
