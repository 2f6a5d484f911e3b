package dev.clap4j.benchmark;

import dev.clap4j.experiment.UnitCost;
import java.util.ArrayList;
import java.util.List;

/**
 * A timer that repeats the work for about some seconds in total, but at least three times, after a first run that warms
 * up. Work of which one run takes longer than these seconds runs only once.
 */
record Stopwatch(double seconds) {
    private static final int LEAST = 3;

    /** Returns the median time in seconds. */
    double median(Runnable work) {
        return medians(work, () -> {})[0];
    }

    /** Returns the median times of two tasks run alternately, so that changes of machine speed affect both alike. */
    double[] medians(Runnable work, Runnable other) {
        List<Double> times = new ArrayList<>();
        List<Double> others = new ArrayList<>();
        double first = UnitCost.seconds(work);
        double firstOther = UnitCost.seconds(other);
        if (seconds > 0 && first > seconds) {
            return new double[] {first, firstOther};
        }
        for (double sum = 0; times.size() < LEAST || sum < seconds; sum += times.get(times.size() - 1)) {
            times.add(UnitCost.seconds(work));
            others.add(UnitCost.seconds(other));
        }
        return new double[] {median(times), median(others)};
    }

    private static double median(List<Double> times) {
        return times.stream().sorted().toList().get(times.size() / 2);
    }
}
