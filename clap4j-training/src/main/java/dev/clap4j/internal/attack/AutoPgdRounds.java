package dev.clap4j.internal.attack;

import dev.clap4j.attack.AutoPgd;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The rounds of Auto-PGD.
 *
 * @param attack the attack
 */
record AutoPgdRounds(AutoPgd attack) {
    /** Searches for adversarial images, see {@link Perturbation}. */
    AttackTrace perturb(AttackTask task, float[] adversarial) {
        int[] labels = task.labels();
        boolean[] zero = new boolean[labels.length];
        int[][] others = new int[labels.length][];
        float[] scores =
                task.at(AttackLoss.of(attack.aim()), adversarial, labels).scores();
        rank(scores, labels, others);
        boolean[] wrong = Labels.wrong(scores, labels);
        int rounds = attack.rounds(others[0].length + 1);
        for (int round = 0; round < rounds; round++) {
            int[] open = Labels.unmarked(wrong);
            if (open.length > 0) {
                int rank = round;
                int[] targets = Arrays.stream(open).map(i -> others[i][rank]).toArray();
                round(task, open, targets, adversarial, wrong, zero);
            }
        }
        return new AttackTrace(List.of(), zero);
    }

    /** Ranks the other classes of each image by score, best first. */
    private static void rank(float[] scores, int[] labels, int[][] others) {
        int classes = scores.length / labels.length;
        for (int i = 0; i < labels.length; i++) {
            int start = i * classes;
            int label = labels[i];
            others[i] = IntStream.range(0, classes)
                    .filter(c -> c != label)
                    .boxed()
                    .sorted(Comparator.comparing(c -> -scores[start + c]))
                    .mapToInt(Integer::intValue)
                    .toArray();
        }
    }

    private void round(
            AttackTask task, int[] open, int[] targets, float[] adversarial, boolean[] wrong, boolean[] zero) {
        GradientAscent ascent =
                new GradientAscent(task.part(open), AttackLoss.of(attack.aim()), targets, attack.steps());
        ascent.run();
        float[] found = ascent.result();
        int values = task.values();
        for (int i = 0; i < open.length; i++) {
            System.arraycopy(found, i * values, adversarial, open[i] * values, values);
            wrong[open[i]] |= ascent.isWrong(i);
            zero[open[i]] |= ascent.zeroGradients()[i];
        }
    }
}
