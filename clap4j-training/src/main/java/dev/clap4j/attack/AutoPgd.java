package dev.clap4j.attack;

import dev.clap4j.ClapException;
import java.util.Objects;

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

    /** The least number of classes of a targeted attack, whose loss compares the best four. */
    public static final int LEAST_CLASSES = 4;

    /** The largest number of target classes in AutoAttack. */
    static final int MOST_TARGETS = 9;

    /** Requires the aim. */
    public AutoPgd {
        Objects.requireNonNull(aim, "aim");
    }

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
    public int evaluations(int classes) {
        return 1 + rounds(classes) * (steps + 1);
    }

    /** Returns the number of rounds: one, or one for each target class. */
    public int rounds(int classes) {
        return aim == Aim.CROSS_ENTROPY ? 1 : Math.min(MOST_TARGETS, classes - 1);
    }

    @Override
    public boolean isStrongerThan(Attack other) {
        if (other instanceof SignedGradient that) {
            boolean sameAim = (aim == Aim.CROSS_ENTROPY) == (that.loss() == SignedGradient.Loss.CROSS_ENTROPY);
            return that.steps() == 1 || (sameAim && steps >= that.steps());
        }
        if (other instanceof AutoPgd that) {
            return aim == that.aim && steps > that.steps;
        }
        return other instanceof NoAttack;
    }

    @Override
    public void requireClasses(int classes) {
        if (aim == Aim.TARGETED && classes < LEAST_CLASSES) {
            throw new ClapException(name() + " compares the best " + LEAST_CLASSES + " classes, but there are only "
                    + classes + "; use " + Aim.CROSS_ENTROPY.title + " instead");
        }
    }
}
