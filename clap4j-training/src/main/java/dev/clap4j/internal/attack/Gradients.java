package dev.clap4j.internal.attack;

import dev.clap4j.internal.torch.Tensors;
import org.bytedeco.pytorch.Tensor;

/** Computes the losses of a batch and their gradients with respect to the pixels. */
final class Gradients {
    private static final long[] PIXELS = {1, 2, 3};

    private final AttackTask task;
    private final AttackLoss loss;
    private final boolean[] zero;

    /** Creates an instance that has not computed any gradient. */
    Gradients(AttackTask task, AttackLoss loss) {
        this.task = task;
        this.loss = loss;
        this.zero = new boolean[task.labels().length];
    }

    /**
     * The scores, losses and gradients at some images. The tensors belong to the scope they were computed in.
     *
     * @param scores {@code [b, classes]}
     * @param losses {@code [b]}
     * @param gradient the gradient of each image's loss, {@code [b, 3, size, size]}
     */
    record Point(Tensor scores, Tensor losses, Tensor gradient) {
        float[] lossValues() {
            return Tensors.toData("losses", losses).toFloats();
        }
    }

    /**
     * Computes scores, losses and gradients.
     *
     * @throws dev.clap4j.StoppedException if a stop is requested
     */
    Point at(Tensor images) {
        task.steps().checkStop();
        Tensor pixels = images.detach().clone().requires_grad_(true);
        Tensor scores = task.scores().apply(pixels);
        Tensor losses = loss.of(scores, Labels.tensor(task.labels()));
        losses.sum().backward();
        Tensor gradient = pixels.grad();
        float[] largest =
                Tensors.toData("largest", gradient.abs().amax(PIXELS, false)).toFloats();
        for (int i = 0; i < largest.length; i++) {
            zero[i] |= largest[i] == 0;
        }
        task.steps().add(largest.length);
        return new Point(scores.detach(), losses.detach(), gradient);
    }

    /** Returns for each image whether its gradient was zero everywhere at some point. */
    boolean[] zero() {
        return zero.clone();
    }
}
