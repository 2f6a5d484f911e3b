package dev.clap4j.internal.attack;

import dev.clap4j.attack.Attack;
import dev.clap4j.attack.NoAttack;
import dev.clap4j.attack.SignedGradient;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Searches for adversarial images. */
final class Perturbation {
    private Perturbation() {}

    /**
     * Searches for adversarial images.
     *
     * @param adversarial the initial images, overwritten by the adversarial ones
     */
    static AttackTrace of(Attack attack, AttackTask task, float[] adversarial) {
        if (attack instanceof SignedGradient signed) {
            return signedGradient(signed, task, adversarial);
        }
        if (attack instanceof NoAttack none) {
            if (none.clamped()) {
                System.arraycopy(Ball.clamp(adversarial), 0, adversarial, 0, adversarial.length);
            }
            return new AttackTrace(List.of(), new boolean[task.labels().length]);
        }
        return Rounds.of(attack, task.scorer().classes()).perturb(task, adversarial);
    }

    private static AttackTrace signedGradient(SignedGradient attack, AttackTask task, float[] adversarial) {
        Gradients gradients = new Gradients(task, AttackLoss.of(attack.loss()), task.labels());
        int[] all = IntStream.range(0, task.labels().length).toArray();
        List<Double> losses = new ArrayList<>();
        if (attack.randomStart()) {
            System.arraycopy(task.start(), 0, adversarial, 0, adversarial.length);
        }
        float size = (float) (attack.stride() * task.ball().epsilon());
        for (int step = 0; step < attack.steps(); step++) {
            VictimNetwork.Point point = gradients.at(adversarial, all);
            losses.add(sum(point.losses()));
            for (int i = 0; i < adversarial.length; i++) {
                float moved = adversarial[i] + Math.signum(point.gradient()[i]) * size;
                adversarial[i] = task.ball().project(i, moved);
            }
        }
        return new AttackTrace(losses, gradients.zero());
    }

    private static double sum(float[] losses) {
        double sum = 0;
        for (float loss : losses) {
            sum += loss;
        }
        return sum;
    }
}
