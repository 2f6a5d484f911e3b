package dev.clap4j.benchmark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A timer that repeats the work.
 *
 * @param seconds the approximate total time; at least three repetitions
 */
record Stopwatch(double seconds) {
    private static final int LEAST = 3;

    /** Returns the median time in seconds, after one warm-up run. */
    double median(Runnable work) {
        return paired(work, () -> {}).work();
    }

    /**
     * Returns the median times of two tasks run alternately, so that changes of machine speed affect
     * both alike; after one warm-up run of both.
     */
    Pair paired(Runnable work, Runnable other) {
        List<Double> times = new ArrayList<>();
        List<Double> others = new ArrayList<>();
        work.run();
        other.run();
        double sum = 0;
        while (times.size() < LEAST || sum < seconds) {
            times.add(seconds(work));
            others.add(seconds(other));
            sum += times.get(times.size() - 1);
        }
        return new Pair(median(times), median(others));
    }

    /**
     * Two median times in seconds.
     *
     * @param work of the work itself
     * @param other of the alternate task
     */
    record Pair(double work, double other) {}

    private static double seconds(Runnable work) {
        long begin = System.nanoTime();
        work.run();
        return (System.nanoTime() - begin) / 1e9;
    }

    private static double median(List<Double> times) {
        Collections.sort(times);
        return times.get(times.size() / 2);
    }
}
