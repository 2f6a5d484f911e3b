package dev.clap4j.attack;

import dev.clap4j.ClapException;

/**
 * Targeted FAB (Croce and Hein 2020, Minimally distorted adversarial examples with a fast adaptive boundary attack), part
 * of AutoAttack: a search for the nearest image that is assigned a target class, in one round for each of the up to nine
 * best other classes. It does not depend on the scale of the scores, nor on that of gradients. Images that are already
 * misclassified are left unchanged, and no image is attacked further once an adversarial one within epsilon is found.
 *
 * @param steps the number of steps per round, at least 1
 */
public record TargetedFab(int steps) implements Attack {
    /** The number of steps in AutoAttack. */
    public static final int STANDARD_STEPS = 100;

    @Override
    public String name() {
        return "FAB-T-" + steps;
    }

    /** Returns the number of rounds: one for each target class. */
    public int rounds(int classes) {
        return Math.min(AutoPgd.MOST_TARGETS, classes - 1);
    }

    /** A step computes a gradient, then looks whether the image it leads to is misclassified. */
    @Override
    public int evaluations(int classes) {
        return 1 + 2 * rounds(classes) * steps;
    }

    @Override
    public boolean isStrongerThan(Attack other) {
        return other instanceof NoAttack || (other instanceof TargetedFab that && steps > that.steps);
    }

    @Override
    public void requireClasses(int classes) {
        if (classes < 2) {
            throw new ClapException(name() + " needs another class to aim at, but there is only one");
        }
    }
}
