package dev.clap4j.internal.attack;

import dev.clap4j.attack.Attack;
import dev.clap4j.attack.AutoPgd;
import dev.clap4j.attack.NoAttack;
import dev.clap4j.attack.SignedGradient;
import dev.clap4j.internal.torch.NativeScope;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** Searches for adversarial images. */
final class Perturbation {
    private Perturbation() {}

    /**
     * Searches for adversarial images.
     *
     * @param adversarial the initial images, overwritten by the adversarial ones
     */
    static AttackTrace of(Attack attack, AttackTask task, Tensor adversarial) {
        if (attack instanceof SignedGradient signed) {
            return signedGradient(signed, task, adversarial);
        }
        if (attack instanceof AutoPgd auto) {
            return new AutoPgdRounds(auto).perturb(task, adversarial);
        }
        boolean clamped = ((NoAttack) attack).clamped();
        adversarial.copy_(clamped ? Ball.clamp(task.images()) : task.images());
        return new AttackTrace(List.of(), new boolean[task.labels().length]);
    }

    private static AttackTrace signedGradient(SignedGradient attack, AttackTask task, Tensor adversarial) {
        Gradients gradients = new Gradients(task, AttackLoss.of(attack.loss()));
        List<Double> losses = new ArrayList<>();
        if (attack.randomStart()) {
            NativeScope.run(() -> adversarial.copy_(task.start()));
        }
        Scalar size = new Scalar(attack.stride() * task.ball().epsilon());
        for (int step = 0; step < attack.steps(); step++) {
            NativeScope.run(() -> {
                Gradients.Point point = gradients.at(adversarial);
                losses.add(point.losses().sum().item_double());
                Tensor moved = adversarial.add(point.gradient().sign().mul(size));
                adversarial.copy_(task.ball().project(moved));
            });
        }
        return new AttackTrace(losses, gradients.zero());
    }
}
