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
        work.run();
        List<Double> times = new ArrayList<>();
        double sum = 0;
        while (times.size() < LEAST || sum < seconds) {
            long begin = System.nanoTime();
            work.run();
            double took = (System.nanoTime() - begin) / 1e9;
            times.add(took);
            sum += took;
        }
        Collections.sort(times);
        return times.get(times.size() / 2);
    }
}
