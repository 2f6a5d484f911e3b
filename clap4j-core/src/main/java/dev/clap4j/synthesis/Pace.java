package dev.clap4j.synthesis;

import dev.clap4j.internal.run.Durations;
import java.util.function.Consumer;

/** Tells which slow pictures are finished and, after the first ones, how long the others will take. Thread-safe. */
final class Pace {
    /** Pictures that take at least this long are named. */
    private static final long SLOW_NANOS = 1_000_000_000;

    private static final double NANOS = 1e9;

    private final int pictures;
    private final int first;
    private final Consumer<String> log;
    private final long begin = System.nanoTime();
    private int done;

    private Pace(int pictures, int first, Consumer<String> log) {
        this.pictures = pictures;
        this.first = first;
        this.log = log;
    }

    /**
     * Begins to measure.
     *
     * @param pictures number of pictures to be made
     * @param atOnce number of pictures that are made in parallel
     */
    static Pace begin(int pictures, int atOnce, Consumer<String> log) {
        return new Pace(pictures, atOnce, log);
    }

    /** Counts a picture that took a while. */
    synchronized void finished(String name, long nanos) {
        done++;
        if (nanos < SLOW_NANOS) {
            return;
        }
        log.accept(name);
        int left = pictures - done;
        if (done == first && left > 0) {
            double each = (System.nanoTime() - begin) / NANOS / done;
            log.accept("the other %d pictures will take about %s, at %s each"
                    .formatted(left, Durations.words(left * each), Durations.ofStep(each)));
        }
    }
}
