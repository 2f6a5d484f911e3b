package dev.clap4j.attack;

import dev.clap4j.ClapException;
import dev.clap4j.internal.torch.NativeScope;
import dev.clap4j.internal.torch.Tensors;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/**
 * Auto-PGD (Croce and Hein 2020), part of AutoAttack: PGD with momentum and an adaptive step size. Images that are
 * already misclassified are left unchanged, and no image is attacked further once it is misclassified.
 *
 * @param aim the loss to maximise
 * @param steps the number of steps per round, at least 1
 */
public record AutoPgd(Aim aim, int steps) implements Attack {
    /** The number of steps in AutoAttack. */
    public static final int STANDARD_STEPS = 100;

    private static final int MOST_TARGETS = 9;

    /** The loss to maximise. */
    public enum Aim {
        /** The cross-entropy, in one round. */
        CROSS_ENTROPY("APGD-CE"),
        /** The difference-of-logits ratio, in one round for each of the up to nine best other classes. */
        TARGETED("APGD-T");

        private final String title;

        Aim(String title) {
            this.title = title;
        }
    }

    @Override
    public String name() {
        return aim.title + "-" + steps;
    }

    @Override
    public int gradients(int classes) {
        return rounds(classes) * (steps + 1);
    }

    private int rounds(int classes) {
        return aim == Aim.CROSS_ENTROPY ? 1 : Math.min(MOST_TARGETS, classes - 1);
    }

    @Override
    public boolean isStrongerThan(Attack other) {
        if (other instanceof SignedGradient that) {
            boolean sameAim = (aim == Aim.CROSS_ENTROPY) == that.loss().equals(AttackLoss.CROSS_ENTROPY);
            return that.steps() == 1 || (sameAim && steps >= that.steps());
        }
        if (other instanceof AutoPgd that) {
            return aim == that.aim && steps > that.steps;
        }
        return other instanceof NoAttack;
    }

    @Override
    public void requireClasses(int classes) {
        if (aim == Aim.TARGETED && classes < AttackLoss.Limits.DLR_CLASSES) {
            throw new ClapException(name() + " compares the best " + AttackLoss.Limits.DLR_CLASSES
                    + " classes, but there are only " + classes + "; use " + Aim.CROSS_ENTROPY.title + " instead");
        }
    }

    @Override
    public AttackTrace perturb(AttackTask task, Tensor adversarial) {
        int[] labels = task.labels();
        boolean[] zero = new boolean[labels.length];
        int[][] others = new int[labels.length][];
        boolean[] wrong = NativeScope.call(() -> {
            Tensor scores = task.scores().apply(task.images()).detach();
            rank(scores, labels, others);
            return Labels.wrong(scores, labels);
        });
        int rounds = rounds(others[0].length + 1);
        for (int round = 0; round < rounds; round++) {
            int[] open = Labels.unmarked(wrong);
            if (open.length > 0) {
                int rank = round;
                int[] targets = Arrays.stream(open).map(i -> others[i][rank]).toArray();
                NativeScope.run(() -> attack(task, open, targets, adversarial, wrong, zero));
            }
        }
        return new AttackTrace(List.of(), zero);
    }

    /** Ranks the other classes of each image by score, best first. */
    private static void rank(Tensor scores, int[] labels, int[][] others) {
        float[] values = Tensors.toData("scores", scores).toFloats();
        int classes = values.length / labels.length;
        for (int i = 0; i < labels.length; i++) {
            int start = i * classes;
            int label = labels[i];
            others[i] = IntStream.range(0, classes)
                    .filter(c -> c != label)
                    .boxed()
                    .sorted(Comparator.comparing(c -> -values[start + c]))
                    .mapToInt(Integer::intValue)
                    .toArray();
        }
    }

    private void attack(
            AttackTask task, int[] open, int[] targets, Tensor adversarial, boolean[] wrong, boolean[] zero) {
        AttackLoss loss = aim == Aim.CROSS_ENTROPY ? AttackLoss.CROSS_ENTROPY : AttackLoss.towards(targets);
        GradientAscent ascent = new GradientAscent(task.part(open), loss, steps);
        ascent.run();
        adversarial.index_copy_(0, Labels.tensor(open), ascent.result());
        for (int i = 0; i < open.length; i++) {
            wrong[open[i]] |= ascent.isWrong(i);
            zero[open[i]] |= ascent.zeroGradients()[i];
        }
    }
}
