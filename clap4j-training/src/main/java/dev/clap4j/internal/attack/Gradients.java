package dev.clap4j.internal.attack;

/** Computes the losses of images of a batch and their gradients with respect to the pixels. */
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
     * Computes scores, losses and gradients of some images.
     *
     * @param images all images of the batch
     * @param places the indices of those to compute, in the order of the result
     * @throws dev.clap4j.StoppedException if a stop is requested
     */
    VictimNetwork.Point at(float[] images, int[] places) {
        task.steps().checkStop();
        int[] labels = Labels.pick(task.labels(), places);
        VictimNetwork.Point point = task.network()
                .at(task.scorer(), loss, task.gather(images, places), labels, Labels.pick(targets, places));
        for (int i = 0; i < places.length; i++) {
            zero[places[i]] |= isZero(point.gradient(), i * task.values(), (i + 1) * task.values());
        }
        task.steps().add(places.length);
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
