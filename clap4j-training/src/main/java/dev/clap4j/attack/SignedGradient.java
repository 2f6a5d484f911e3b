package dev.clap4j.attack;

import java.util.Objects;

/**
 * Steps of equal size in the direction of the gradient's sign, each followed by a projection onto the ball: FGSM
 * (Goodfellow et al. 2015), PGD (Madry et al. 2018), and PGD on the margin of Carlini and Wagner, as in the evaluation
 * of CLAP (section 4.2).
 *
 * @param name the name used in tables
 * @param loss the loss to maximise
 * @param steps the number of steps, at least 1
 * @param stride the step size as a fraction of epsilon
 * @param randomStart whether the attack starts from a random point in the ball
 */
public record SignedGradient(String name, Loss loss, int steps, double stride, boolean randomStart) implements Attack {
    /** Requires the name and the loss. */
    public SignedGradient {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(loss, "loss");
    }

    /** The loss to maximise. */
    public enum Loss {
        /** The cross-entropy of the scores (Madry et al. 2018). */
        CROSS_ENTROPY,
        /**
         * The negative margin between the true class and the best other class (Carlini and Wagner 2017), with
         * confidence 50.
         */
        CARLINI_WAGNER
    }

    /** Returns FGSM: one step of size epsilon from the original image. */
    public static SignedGradient fgsm() {
        return new SignedGradient("FGSM", Loss.CROSS_ENTROPY, 1, 1, false);
    }

    /** Returns PGD: projected gradient descent on the cross-entropy. */
    public static SignedGradient pgd(int steps) {
        return new SignedGradient("PGD-" + steps, Loss.CROSS_ENTROPY, steps, stride(steps), true);
    }

    /** Returns PGD on the margin of Carlini and Wagner. */
    public static SignedGradient carliniWagner(int steps) {
        return new SignedGradient("CW-" + steps, Loss.CARLINI_WAGNER, steps, stride(steps), true);
    }

    /** Returns a tenth, as published for 20 steps, or more if that many steps could not cross the ball. */
    private static double stride(int steps) {
        return Math.max(0.1, 2.0 / steps);
    }

    @Override
    public int evaluations(int classes) {
        return steps;
    }

    @Override
    public boolean isStrongerThan(Attack other) {
        if (other instanceof SignedGradient that) {
            return steps > that.steps && (that.steps == 1 || loss == that.loss);
        }
        return other instanceof NoAttack;
    }
}
