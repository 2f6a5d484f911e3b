package dev.clap4j.evaluation.attack;

import dev.clap4j.attack.Attack;
import dev.clap4j.attack.NoAttack;
import dev.clap4j.attack.ThreatModel;
import dev.clap4j.evaluation.Metrics;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks that cast doubt on robustness values (Athalye et al. 2018; Carlini et al. 2019; Croce et al. 2021): gradients that
 * vanish, strong attacks that succeed less often than weak ones, and an epsilon that does not bound the change.
 */
final class AttackWarnings {
    private AttackWarnings() {}

    /** Returns the warnings about all methods. */
    static List<String> of(List<MethodRobustness> methods, AttackOptions options, int images) {
        List<String> warnings = new ArrayList<>();
        for (MethodRobustness method : methods) {
            clamp(method, options, warnings);
            zeroGradients(method, options, images, warnings);
            order(method, options.rows(), images, warnings);
        }
        return warnings;
    }

    private static void clamp(MethodRobustness method, AttackOptions options, List<String> warnings) {
        if (options.threat() == ThreatModel.OFFICIAL) {
            AttackRow clamp = method.row(new NoAttack(true).name());
            AttackRow clean = method.row(new NoAttack(false).name());
            warnings.add(String.format(
                    "The official threat model clamps normalised images to 0 to 1. That alone, without any attack, changes"
                            + " pixels of an image by up to %.0f/255 and takes %s from %s %% to %s %%; the pixel threat"
                            + " model has no such effect",
                    clamp.change(),
                    method.method(),
                    Metrics.twoDecimals(clean.attacked().mean()),
                    Metrics.twoDecimals(clamp.attacked().mean())));
        }
    }

    private static void zeroGradients(
            MethodRobustness method, AttackOptions options, int images, List<String> warnings) {
        for (Attack attack : options.attacks()) {
            int zero = method.row(attack.name()).zeroGradients();
            if (zero > 0) {
                warnings.add(
                        "The gradient of " + zero + " of " + images + " images was zero everywhere at some step of "
                                + attack.name() + " on " + method.method()
                                + ": the attack was blind there, and the accuracy under it says little about robustness");
            }
        }
    }

    private static void order(MethodRobustness method, List<Attack> attacks, int images, List<String> warnings) {
        for (Attack strong : attacks) {
            for (Attack weak : attacks) {
                int more = method.row(strong.name()).right();
                int fewer = method.row(weak.name()).right();
                if (strong.isStrongerThan(weak) && more > fewer) {
                    warnings.add(method.method() + " recognises " + more + " of " + images + " images under "
                            + strong.name() + ", but only " + fewer + " under "
                            + (weak instanceof NoAttack ? "no attack at all" : "the weaker " + weak.name())
                            + ": the stronger attack was not at its best, so its figure is too good to be true");
                }
            }
        }
    }
}
