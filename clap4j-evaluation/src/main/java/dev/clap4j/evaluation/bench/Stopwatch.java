package dev.clap4j.evaluation.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Times work by doing it again and again.
 *
 * @param seconds for about so long; three times at least
 */
record Stopwatch(double seconds) {
    private static final int LEAST = 3;

    /** The median time of a go in seconds, after one that does not count. */
    double median(Runnable work) {
        return paired(work, () -> {}).work();
    }

    /**
     * The median times of two pieces of work that are done in turn, so that a machine whose speed changes is as fast for
     * one as for the other; after a go of both that does not count.
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
     * @param other of what was done in turn with it
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
