package dev.clap4j.synthesis;

import dev.clap4j.internal.run.Durations;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Tells which slow pictures are finished and, after the first ones, how long the others will take. Thread-safe. */
final class Pace {
    /** Pictures that take at least this long are named. */
    private static final long SLOW_NANOS = 1_000_000_000;

    /** Shorter work needs no forecast. */
    private static final double LONG_SECONDS = 30;

    private static final double NANOS = 1e9;

    private final int pictures;
    private final int first;
    private final Consumer<String> log;
    private final LongSupplier clock;
    private final long begin;
    private int done;

    private Pace(int pictures, int first, Consumer<String> log, LongSupplier clock) {
        this.pictures = pictures;
        this.first = first;
        this.log = log;
        this.clock = clock;
        this.begin = clock.getAsLong();
    }

    /**
     * Begins to measure.
     *
     * @param pictures number of pictures to be made
     * @param atOnce number of pictures that are made in parallel
     */
    static Pace begin(int pictures, int atOnce, Consumer<String> log) {
        return new Pace(pictures, atOnce, log, System::nanoTime);
    }

    /** Begins to measure by another clock, which counts nanoseconds. */
    static Pace begin(int pictures, int atOnce, Consumer<String> log, LongSupplier clock) {
        return new Pace(pictures, atOnce, log, clock);
    }

    /** Counts a picture that took a while. */
    synchronized void finished(String name, long nanos) {
        done++;
        if (nanos < SLOW_NANOS) {
            return;
        }
        log.accept(name);
        int left = pictures - done;
        double each = (clock.getAsLong() - begin) / NANOS / done;
        if (done == first && left > 0 && left * each >= LONG_SECONDS) {
            String others = left == 1 ? "the other picture" : "the other " + left + " pictures";
            log.accept(others + " will take about " + Durations.words(left * each) + ", at " + Durations.ofStep(each)
                    + " each");
        }
    }
}
