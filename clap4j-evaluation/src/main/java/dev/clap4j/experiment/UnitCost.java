package dev.clap4j.experiment;

import java.util.function.IntConsumer;
import java.util.function.IntToDoubleFunction;

/**
 * Measures the cost of one unit of work by doubling the amount until a run is long enough to time. Fixed costs and
 * the warm-up of the first run are not counted.
 */
public final class UnitCost {
    /** The duration that is long enough to measure. */
    private static final double SECONDS = 0.7;

    private UnitCost() {}

    /** Returns the seconds that work takes. */
    public static double seconds(Runnable work) {
        long begin = System.nanoTime();
        work.run();
        return (System.nanoTime() - begin) / 1e9;
    }

    /** Returns the seconds per unit of work, from a first amount up to the most at once. */
    public static double secondsEach(int first, int most, IntConsumer work) {
        return slope(first, most, count -> seconds(() -> work.accept(count)));
    }

    /** Does the same for work that returns the seconds it took. */
    static double slope(int first, int most, IntToDoubleFunction seconds) {
        int count = Math.min(first, most);
        // The first run warms up.
        double took = Math.min(seconds.applyAsDouble(count), seconds.applyAsDouble(count));
        double each = took / count;
        while (took < SECONDS && count < most) {
            int more = (int) Math.min(most, 2L * count);
            double longer = seconds.applyAsDouble(more);
            // The slope is unreliable if the machine was busier during one of the two runs.
            double slope = (longer - took) / (more - count);
            each = Math.max(longer / more / 2, Math.min(slope, longer / more));
            took = longer;
            count = more;
        }
        return each;
    }
}
