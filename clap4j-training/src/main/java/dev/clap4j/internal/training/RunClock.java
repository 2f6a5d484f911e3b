package dev.clap4j.internal.training;

import dev.clap4j.training.Schedule;

/** Estimates the remaining time of a run from the time that encoding and steps have taken so far. */
final class RunClock {
    private static final double NANOS = 1e9;

    private final Schedule schedule;
    private final long start = System.nanoTime();
    private long stageStart = start;
    private double encodingSeconds;
    private long encodedCount;
    private double fittingSeconds;
    private int fittedSteps;

    RunClock(Schedule schedule) {
        this.schedule = schedule;
    }

    /** Starts timing a stage. */
    void begin() {
        stageStart = System.nanoTime();
    }

    void encoded(int count) {
        encodedCount += count;
        encodingSeconds += lap();
    }

    /** Records a step and returns the seconds it took. */
    double fitted() {
        fittedSteps++;
        double seconds = lap();
        fittingSeconds += seconds;
        return seconds;
    }

    /** Returns the seconds spent encoding so far. */
    double encodingSeconds() {
        return encodingSeconds;
    }

    /** Returns the seconds spent on steps so far. */
    double fittingSeconds() {
        return fittingSeconds;
    }

    private double lap() {
        long now = System.nanoTime();
        double seconds = (now - stageStart) / NANOS;
        stageStart = now;
        return seconds;
    }

    /**
     * Returns the estimated seconds until the last step; NaN if no estimate is possible yet.
     *
     * @param left the number of inputs of this interval that are not encoded yet
     * @param later the number of inputs that each later interval will encode
     * @param step the number of steps done
     */
    double secondsLeft(int left, int later, int step) {
        int laterIntervals = schedule.intervals() - 1 - Math.min(step, schedule.steps() - 1) / schedule.intervalSteps();
        double count = left + (double) later * laterIntervals;
        double secondsEach = encodedCount == 0 ? Double.NaN : encodingSeconds / encodedCount;
        double secondsPerStep = fittedSteps == 0 ? 0 : fittingSeconds / fittedSteps;
        double encoding = count == 0 ? 0 : count * secondsEach;
        return encoding + secondsPerStep * (schedule.steps() - step);
    }
}
