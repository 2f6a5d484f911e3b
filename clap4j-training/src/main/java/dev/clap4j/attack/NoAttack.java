package dev.clap4j.attack;

import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * What attacks are compared with.
 *
 * @param clamped whether images are brought between 0 and 1, which alone changes most that the official threat model does
 */
public record NoAttack(boolean clamped) implements Attack {
    @Override
    public String name() {
        return clamped ? "clamp only" : "none";
    }

    @Override
    public int gradients(int classes) {
        return 0;
    }

    @Override
    public boolean isStrongerThan(Attack other) {
        return false;
    }

    @Override
    public AttackTrace perturb(AttackTask task, Tensor adversarial) {
        adversarial.copy_(clamped ? Ball.clamp(task.images()) : task.images());
        return new AttackTrace(List.of(), new boolean[task.labels().length]);
    }
}
