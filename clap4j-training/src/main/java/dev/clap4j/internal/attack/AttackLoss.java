package dev.clap4j.internal.attack;

import dev.clap4j.attack.AutoPgd;
import dev.clap4j.attack.SignedGradient;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The loss that an attack maximises. */
@FunctionalInterface
interface AttackLoss {
    /** The cross-entropy of the scores (Madry et al. 2018). */
    AttackLoss CROSS_ENTROPY =
            (scores, labels) -> right(torch.log_softmax(scores, 1), labels).neg();

    /**
     * The negative margin between the true class and the best other class (Carlini and Wagner 2017), with confidence
     * 50.
     */
    AttackLoss CARLINI_WAGNER = (scores, labels) -> {
        Tensor others = scores.scatter(1, labels.unsqueeze(1), new Scalar(Double.NEGATIVE_INFINITY));
        Tensor best = others.max(1).get0();
        return right(scores, labels)
                .sub(best)
                .add(new Scalar(Limits.CONFIDENCE))
                .clamp_min(new Scalar(0.0))
                .neg();
    };

    /**
     * Returns the loss of each image.
     *
     * @param scores {@code [b, classes]}
     * @param labels the true classes {@code [b]}, integers
     * @return {@code [b]}
     */
    Tensor of(Tensor scores, Tensor labels);

    /** Returns the loss that steps of a signed gradient maximise. */
    static AttackLoss of(SignedGradient.Loss loss) {
        return loss == SignedGradient.Loss.CROSS_ENTROPY ? CROSS_ENTROPY : CARLINI_WAGNER;
    }

    /**
     * Returns the targeted difference-of-logits ratio (Croce and Hein 2020, equation 7): the lead of a target class
     * over the true class, relative to the spread of the best scores. It is invariant to the scale and offset of the
     * scores.
     *
     * @param targets a class for each image other than its true class; there must be at least
     *     {@link AutoPgd#LEAST_CLASSES} classes
     */
    static AttackLoss towards(int[] targets) {
        return (scores, labels) -> {
            Tensor sorted = scores.topk(AutoPgd.LEAST_CLASSES).get0();
            Tensor spread = sorted.select(1, 0)
                    .sub(sorted.select(1, 2).add(sorted.select(1, 3)).mul(new Scalar(0.5)))
                    .add(new Scalar(Limits.LEAST_SPREAD));
            return right(scores, Labels.tensor(targets))
                    .sub(right(scores, labels))
                    .div(spread);
        };
    }

    private static Tensor right(Tensor scores, Tensor labels) {
        return scores.gather(1, labels.unsqueeze(1)).squeeze(1);
    }

    /** Constants of the losses. */
    final class Limits {
        private static final double CONFIDENCE = 50;
        private static final double LEAST_SPREAD = 1e-12;

        private Limits() {}
    }
}
