package dev.clap4j.training;

import dev.clap4j.ClapException;
import java.util.Optional;

/**
 * How long training goes on.
 *
 * <p>As in the authors' code, only a check keeps a head, and there is none but after every so many steps. So steps behind
 * the last one could change nothing, and are not made: of 8000 steps with a check every 480, the first 7680. Where not even
 * one check fits, there is one after the last step.
 *
 * @param maxSteps the most steps, 1 to {@link #MOST_STEPS}
 * @param checkEvery steps between two checks, 1 to {@link #MOST_BETWEEN_CHECKS}
 * @param patience checks in a row that may fail to improve, 1 to {@link #MOST_STEPS}
 * @param minImprovement by how much the mean loss must fall below the best to count
 */
public record Schedule(int maxSteps, int checkEvery, int patience, double minImprovement) {
    /** A thousand times those of the paper. */
    public static final int MOST_STEPS = 10_000_000;

    /** They are planned together, before the first of them is made. */
    public static final int MOST_BETWEEN_CHECKS = 100_000;

    /** That of all published results. */
    public static final Schedule OFFICIAL = new Schedule(8000, 480, 5, 0.01);

    /**
     * Checks the ranges.
     *
     * @throws ClapException if a number of steps or checks is not positive or beyond its limit, or the improvement is
     *     negative
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

    /**
     * The same with so many steps, all of which are made: checks are as nearly as often as now, but so that the last step
     * has one.
     */
    public Schedule withAllOf(int steps) {
        return new Schedule(steps, evenInterval(steps), patience, minImprovement);
    }

    /** What of the steps is not made, why, and how all would be; nothing if all are. */
    public Optional<String> shortfall() {
        if (steps() == maxSteps) {
            return Optional.empty();
        }
        return Optional.of(steps() + " of the " + maxSteps
                + " steps are trained: only a check keeps a head, there is one"
                + " every " + checkEvery + " steps, and steps after the last could change nothing; with one every "
                + evenInterval(maxSteps) + ", all are trained");
    }

    /** The number of steps between checks, of those that divide all steps, by the ratio to which this one differs least. */
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

    /** The number of intervals between checks. */
    public int intervals() {
        return Math.max(1, maxSteps / checkEvery);
    }

    /** The number of steps in every interval. */
    public int intervalSteps() {
        return Math.min(maxSteps, checkEvery);
    }

    /** The number of steps that are made unless patience runs out. */
    public int steps() {
        return intervals() * intervalSteps();
    }
}
