package dev.clap4j.evaluation.reproduce;

import java.util.function.IntConsumer;

/**
 * Times work of growing size: twice as much again and again, until it takes long enough to be measured. What comes first
 * only, and what every go costs whatever its size, does not count.
 */
final class Growing {
    /** A go as long as this is measured well enough. */
    private static final double SECONDS = 0.7;

    private Growing() {}

    /**
     * The seconds that one more thing takes.
     *
     * @param first how many to begin with
     * @param most how many there are
     * @param work does so many of them
     */
    static double secondsEach(int first, int most, IntConsumer work) {
        int count = Math.min(first, most);
        seconds(count, work); // The first go makes things ready.
        double before = seconds(count, work);
        double each = before / count;
        while (before < SECONDS && count < most) {
            int more = (int) Math.min(most, 2L * count);
            double now = seconds(more, work);
            double slope = (now - before) / (more - count);
            // Where the machine was busier in one of the goes, the slope is no measure.
            each = Math.max(slope, now / more / 2);
            each = Math.min(each, now / more);
            before = now;
            count = more;
        }
        return each;
    }

    private static double seconds(int count, IntConsumer work) {
        long begin = System.nanoTime();
        work.accept(count);
        return (System.nanoTime() - begin) / 1e9;
    }
}
