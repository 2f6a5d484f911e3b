package dev.clap4j.training;

import dev.clap4j.ClapException;
import java.util.Optional;

/**
 * The number of training steps and the early stopping.
 *
 * <p>As in the authors' code, a head is saved only at a check, every {@code checkEvery} steps. Steps after the last
 * check could not change the result and are skipped: of 8000 steps with a check every 480, the first 7680 are trained.
 * If {@code checkEvery} exceeds {@code maxSteps}, there is one check, after the last step.
 *
 * @param maxSteps the maximum number of steps, 1 to {@link #MOST_STEPS}
 * @param checkEvery the number of steps between two checks, 1 to {@link #MOST_BETWEEN_CHECKS}
 * @param patience the number of consecutive checks without improvement that ends training, at least 1
 * @param minImprovement the amount by which the mean loss must fall below the best to count as an improvement
 */
public record Schedule(int maxSteps, int checkEvery, int patience, double minImprovement) {
    /** The limit on the number of steps, more than 1000 times the paper's. */
    public static final int MOST_STEPS = 10_000_000;

    /** The limit on the number of steps between two checks, all of which are planned in advance. */
    public static final int MOST_BETWEEN_CHECKS = 100_000;

    /** The schedule of all published results. */
    public static final Schedule OFFICIAL = new Schedule(8000, 480, 5, 0.01);

    /**
     * Checks the ranges.
     *
     * @throws ClapException if the number of steps, the steps between checks or the patience is out of range, or the
     *     improvement is negative or not finite
     */
    public Schedule {
        inRange("number of steps", maxSteps, MOST_STEPS);
        inRange("number of steps between two checks", checkEvery, MOST_BETWEEN_CHECKS);
        if (patience < 1) {
            throw new ClapException("The patience should be 1 or more, but is " + patience);
        }
        if (!(minImprovement >= 0) || Double.isInfinite(minImprovement)) {
            throw new ClapException("The improvement that counts should be 0 or more, but is " + minImprovement);
        }
    }

    /** Returns this schedule with another maximum number of steps. */
    public Schedule withMaxSteps(int steps) {
        return new Schedule(steps, checkEvery, patience, minImprovement);
    }

    /** Returns this schedule with another number of steps between two checks. */
    public Schedule withCheckEvery(int steps) {
        return new Schedule(maxSteps, steps, patience, minImprovement);
    }

    /** Returns this schedule with another patience. */
    public Schedule withPatience(int checks) {
        return new Schedule(maxSteps, checkEvery, checks, minImprovement);
    }

    /** Returns this schedule with another improvement that counts. */
    public Schedule withMinImprovement(double improvement) {
        return new Schedule(maxSteps, checkEvery, patience, improvement);
    }

    /**
     * Returns a copy with the given number of steps, none of which is skipped: the interval between checks is the
     * closest one that puts a check after the last step.
     */
    public Schedule withAllOf(int steps) {
        return new Schedule(steps, evenInterval(steps), patience, minImprovement);
    }

    /**
     * Returns an explanation of how many steps are skipped, why, and how to train them all; empty if none is skipped.
     */
    public Optional<String> shortfall() {
        if (steps() == maxSteps) {
            return Optional.empty();
        }
        return Optional.of(steps() + " of the " + maxSteps
                + " steps are trained: only a check keeps a head, there is one"
                + " every " + checkEvery + " steps, and steps after the last could change nothing; with one every "
                + evenInterval(maxSteps) + ", all are trained");
    }

    /** Returns the divisor of {@code steps} that differs least from {@code checkEvery} by ratio. */
    private int evenInterval(int steps) {
        int best = 1;
        for (int small = 1; (long) small * small <= steps; small++) {
            if (steps % small == 0) {
                best = ratio(small) < ratio(best) ? small : best;
                int large = steps / small;
                best = large <= MOST_BETWEEN_CHECKS && ratio(large) < ratio(best) ? large : best;
            }
        }
        return best;
    }

    private double ratio(int interval) {
        return Math.max((double) interval / checkEvery, (double) checkEvery / interval);
    }

    private static void inRange(String what, int value, int most) {
        if (value < 1 || value > most) {
            throw new ClapException("The " + what + " should be from 1 to " + most + ", but is " + value);
        }
    }

    /** Returns the number of intervals between checks. */
    public int intervals() {
        return Math.max(1, maxSteps / checkEvery);
    }

    /** Returns the number of steps in every interval. */
    public int intervalSteps() {
        return Math.min(maxSteps, checkEvery);
    }

    /** Returns the number of steps of a run that early stopping does not end. */
    public int steps() {
        return intervals() * intervalSteps();
    }
}
