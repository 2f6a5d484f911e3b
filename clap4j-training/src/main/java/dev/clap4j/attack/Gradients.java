package dev.clap4j.attack;

import dev.clap4j.internal.torch.Tensors;
import org.bytedeco.pytorch.Tensor;

/** The losses of a batch and their gradients by the pixels. */
final class Gradients {
    private static final long[] PIXELS = {1, 2, 3};

    private final AttackTask task;
    private final AttackLoss loss;
    private final boolean[] zero;

    /** Nothing is computed yet. */
    Gradients(AttackTask task, AttackLoss loss) {
        this.task = task;
        this.loss = loss;
        this.zero = new boolean[task.labels().length];
    }

    /**
     * What was found at some images. The tensors are freed with the scope they were made in.
     *
     * @param scores {@code [b, classes]}
     * @param losses {@code [b]}
     * @param gradient of each image's loss, {@code [b, 3, size, size]}
     */
    record Point(Tensor scores, Tensor losses, Tensor gradient) {
        float[] lossValues() {
            return Tensors.toData("losses", losses).toFloats();
        }
    }

    /**
     * Scores, losses and gradients at these images.
     *
     * @throws dev.clap4j.StoppedException if the attacks should stop
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

    /** For each image whether its gradient was zero everywhere at some point. */
    boolean[] zero() {
        return zero.clone();
    }
}
