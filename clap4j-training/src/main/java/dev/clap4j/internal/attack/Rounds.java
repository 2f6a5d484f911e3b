package dev.clap4j.internal.attack;

import dev.clap4j.attack.Attack;
import dev.clap4j.attack.AutoAttack;
import dev.clap4j.attack.AutoPgd;
import dev.clap4j.attack.SquareAttack;
import dev.clap4j.attack.TargetedFab;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The rounds of an attack, one after another. Each attacks only the images that are still classified correctly.
 *
 * @param rounds the rounds
 */
record Rounds(List<Round> rounds) {
    /** Returns the rounds of an attack on a classifier of some number of classes. */
    static Rounds of(Attack attack, int classes) {
        return new Rounds(list(attack, classes));
    }

    private static List<Round> list(Attack attack, int classes) {
        if (attack instanceof AutoAttack all) {
            return all.attacks().stream()
                    .flatMap(each -> list(each, classes).stream())
                    .toList();
        }
        if (attack instanceof AutoPgd pgd) {
            AttackLoss loss = AttackLoss.of(pgd.aim());
            return each(
                    pgd.rounds(classes),
                    rank -> (task, others) -> new GradientAscent(task, loss, targets(others, rank), pgd.steps()).run());
        }
        if (attack instanceof TargetedFab fab) {
            return each(
                    fab.rounds(classes),
                    rank -> (task, others) -> new BoundarySearch(task, targets(others, rank), fab.steps()).run());
        }
        SquareAttack square = (SquareAttack) attack;
        return List.of((task, others) -> new SquareSearch(task, square.queries()).run());
    }

    private static List<Round> each(int rounds, IntFunction<Round> round) {
        return IntStream.range(0, rounds).mapToObj(round).toList();
    }

    private static int[] targets(int[][] others, int rank) {
        return Arrays.stream(others).mapToInt(ranked -> ranked[rank]).toArray();
    }

    /** Searches for adversarial images, see {@link Perturbation}. */
    AttackTrace perturb(AttackTask task, float[] adversarial) {
        int[] labels = task.labels();
        float[] scores = task.scores(adversarial);
        int[][] others = others(scores, labels);
        boolean[] wrong = Labels.wrong(scores, labels);
        boolean[] zero = new boolean[labels.length];
        for (Round round : rounds) {
            int[] open = Labels.unmarked(wrong);
            if (open.length == 0) {
                break;
            }
            int[][] ranked = Arrays.stream(open).mapToObj(i -> others[i]).toArray(int[][]::new);
            Round.Found found = round.search(task.part(open), ranked);
            int values = task.values();
            for (int i = 0; i < open.length; i++) {
                System.arraycopy(found.images(), i * values, adversarial, open[i] * values, values);
                wrong[open[i]] = found.wrong()[i];
                zero[open[i]] |= found.zeroGradients()[i];
            }
        }
        return new AttackTrace(List.of(), zero);
    }

    /** Returns the other classes of each image by score, best first. */
    private static int[][] others(float[] scores, int[] labels) {
        int classes = scores.length / labels.length;
        return IntStream.range(0, labels.length)
                .mapToObj(i -> IntStream.range(0, classes)
                        .filter(c -> c != labels[i])
                        .boxed()
                        .sorted(Comparator.comparing(c -> -scores[i * classes + c]))
                        .mapToInt(Integer::intValue)
                        .toArray())
                .toArray(int[][]::new);
    }
}
