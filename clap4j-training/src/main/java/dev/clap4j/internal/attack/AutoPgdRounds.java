package dev.clap4j.internal.attack;

import dev.clap4j.attack.AutoPgd;
import dev.clap4j.internal.torch.NativeScope;
import dev.clap4j.internal.torch.Tensors;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/**
 * The rounds of Auto-PGD.
 *
 * @param attack the attack
 */
record AutoPgdRounds(AutoPgd attack) {
    /** Searches for adversarial images, see {@link Perturbation}. */
    AttackTrace perturb(AttackTask task, Tensor adversarial) {
        int[] labels = task.labels();
        boolean[] zero = new boolean[labels.length];
        int[][] others = new int[labels.length][];
        boolean[] wrong = NativeScope.call(() -> {
            Tensor scores = task.scores().apply(task.images()).detach();
            rank(scores, labels, others);
            return Labels.wrong(scores, labels);
        });
        int rounds = attack.rounds(others[0].length + 1);
        for (int round = 0; round < rounds; round++) {
            int[] open = Labels.unmarked(wrong);
            if (open.length > 0) {
                int rank = round;
                int[] targets = Arrays.stream(open).map(i -> others[i][rank]).toArray();
                NativeScope.run(() -> round(task, open, targets, adversarial, wrong, zero));
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

    private void round(
            AttackTask task, int[] open, int[] targets, Tensor adversarial, boolean[] wrong, boolean[] zero) {
        AttackLoss loss =
                attack.aim() == AutoPgd.Aim.CROSS_ENTROPY ? AttackLoss.CROSS_ENTROPY : AttackLoss.towards(targets);
        GradientAscent ascent = new GradientAscent(task.part(open), loss, attack.steps());
        ascent.run();
        adversarial.index_copy_(0, Labels.tensor(open), ascent.result());
        for (int i = 0; i < open.length; i++) {
            wrong[open[i]] |= ascent.isWrong(i);
            zero[open[i]] |= ascent.zeroGradients()[i];
        }
    }
}
