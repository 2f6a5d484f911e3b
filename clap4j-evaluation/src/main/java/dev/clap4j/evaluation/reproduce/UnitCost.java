package dev.clap4j.evaluation.reproduce;

import java.util.function.IntConsumer;
import java.util.function.IntToDoubleFunction;

/**
 * Timing of work in growing amounts: twice as much again and again, until a go is long enough to be measured. What a go costs
 * whatever its amount is not counted, nor what only the first one costs.
 */
final class UnitCost {
    /** A go as long as this is measured well enough. */
    private static final double SECONDS = 0.7;

    private UnitCost() {}

    /**
     * The seconds that one more thing takes.
     *
     * @param first how many to begin with
     * @param most how many there are
     * @param work does so many of them
     */
    static double secondsEach(int first, int most, IntConsumer work) {
        return slope(first, most, count -> {
            long begin = System.nanoTime();
            work.accept(count);
            return (System.nanoTime() - begin) / 1e9;
        });
    }

    /**
     * The same for work that times itself.
     *
     * @param seconds does so many things, and returns how long that took
     */
    static double slope(int first, int most, IntToDoubleFunction seconds) {
        int count = Math.min(first, most);
        // The first go makes things ready.
        double took = Math.min(seconds.applyAsDouble(count), seconds.applyAsDouble(count));
        double each = took / count;
        while (took < SECONDS && count < most) {
            int more = (int) Math.min(most, 2L * count);
            double longer = seconds.applyAsDouble(more);
            each = between(longer / more / 2, (longer - took) / (more - count), longer / more);
            took = longer;
            count = more;
        }
        return each;
    }

    /** The slope is no measure where the machine was busier in one of the two goes. */
    private static double between(double least, double slope, double most) {
        return Math.max(least, Math.min(slope, most));
    }
}
