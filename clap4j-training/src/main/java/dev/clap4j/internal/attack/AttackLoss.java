package dev.clap4j.internal.attack;

import dev.clap4j.attack.AutoPgd;
import dev.clap4j.attack.SignedGradient;
import dev.clap4j.internal.nn.TensorOps;
import java.util.Arrays;
import java.util.List;

/** The loss that an attack maximises. */
enum AttackLoss {
    /** The cross-entropy of the scores (Madry et al. 2018). */
    CROSS_ENTROPY {
        @Override
        <T> T of(TensorOps<T> ops, T scores, T labels, T targets) {
            return ops.scale(at(ops, ops.logSoftmax(scores), labels), -1);
        }
    },
    /**
     * The negative margin between the true class and the best other class (Carlini and Wagner 2017), with confidence
     * 50.
     */
    CARLINI_WAGNER {
        @Override
        <T> T of(TensorOps<T> ops, T scores, T labels, T targets) {
            T right = ops.reshape(ops.oneHot(ops.reshape(labels, -1, 1), column(ops, scores)), 0, -1);
            T others = ops.subtract(scores, ops.scale(right, OUT_OF_REACH));
            T best = ops.reshape(ops.pick(column(ops, others), ops.largest(others, 1)), -1);
            T margin = ops.subtract(at(ops, scores, labels), best);
            return ops.scale(ops.relu(ops.add(margin, ops.number(CONFIDENCE))), -1);
        }
    },
    /**
     * The targeted difference-of-logits ratio (Croce and Hein 2020, equation 7): the lead of a target class over the
     * true class, relative to the spread of the best scores. It is invariant to the scale and offset of the scores.
     * There must be at least {@link AutoPgd#LEAST_CLASSES} classes.
     */
    TARGETED_RATIO {
        @Override
        <T> T of(TensorOps<T> ops, T scores, T labels, T targets) {
            T sorted = ops.pick(column(ops, scores), ops.largest(scores, AutoPgd.LEAST_CLASSES));
            T fourth = ops.slice(sorted, 1, 3, 4);
            T middle = ops.scale(ops.add(ops.slice(sorted, 1, 2, 3), fourth), 0.5f);
            T spread = ops.add(ops.subtract(ops.slice(sorted, 1, 0, 1), middle), ops.number(LEAST_SPREAD));
            T lead = TARGET_LEAD.of(ops, scores, labels, targets);
            return ops.divide(lead, ops.reshape(spread, -1));
        }
    },
    /** The lead of a target class over the true class. */
    TARGET_LEAD {
        @Override
        <T> T of(TensorOps<T> ops, T scores, T labels, T targets) {
            return ops.subtract(at(ops, scores, targets), at(ops, scores, labels));
        }
    };

    private static final float CONFIDENCE = 50;
    private static final float LEAST_SPREAD = 1e-12f;

    /** Far more than scores differ by. */
    private static final float OUT_OF_REACH = 1e30f;

    /**
     * Returns the loss of each image.
     *
     * @param scores {@code [b, classes]}
     * @param labels the true classes {@code [b]}, integers
     * @param targets for each image a class other than its true class, integers {@code [b]}, for losses with a target
     * @return {@code [b]}
     */
    abstract <T> T of(TensorOps<T> ops, T scores, T labels, T targets);

    /** Returns the losses that can be computed for some number of classes. */
    static List<AttackLoss> forClasses(int classes) {
        return Arrays.stream(values())
                .filter(loss -> loss != TARGETED_RATIO || classes >= AutoPgd.LEAST_CLASSES)
                .toList();
    }

    /** Returns the loss that steps of a signed gradient maximise. */
    static AttackLoss of(SignedGradient.Loss loss) {
        return loss == SignedGradient.Loss.CROSS_ENTROPY ? CROSS_ENTROPY : CARLINI_WAGNER;
    }

    /** Returns the loss that Auto-PGD maximises. */
    static AttackLoss of(AutoPgd.Aim aim) {
        return aim == AutoPgd.Aim.CROSS_ENTROPY ? CROSS_ENTROPY : TARGETED_RATIO;
    }

    /** Returns one score of each image, {@code [b]}. */
    private static <T> T at(TensorOps<T> ops, T scores, T classes) {
        return ops.reshape(ops.pick(column(ops, scores), ops.reshape(classes, -1, 1)), -1);
    }

    /** Returns scores as sequences of one number each, {@code [b, classes, 1]}. */
    private static <T> T column(TensorOps<T> ops, T scores) {
        return ops.reshape(scores, 0, -1, 1);
    }
}
