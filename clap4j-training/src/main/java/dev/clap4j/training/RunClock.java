package dev.clap4j.training;

/** Guesses how long a run will still take, from how long its parts took so far. */
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

    /** A stage begins. */
    void begin() {
        stageStart = System.nanoTime();
    }

    void encoded(int count) {
        encodedCount += count;
        encodingSeconds += lap();
    }

    /** A step was made; the time since the last call. */
    double fitted() {
        fittedSteps++;
        double seconds = lap();
        fittingSeconds += seconds;
        return seconds;
    }

    /** How long encoding took so far. */
    double encodingSeconds() {
        return encodingSeconds;
    }

    /** How long steps took so far. */
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
     * The seconds until the last step, NaN if there is no telling yet.
     *
     * @param left what of this interval is not encoded
     * @param later what every later interval will have to encode
     * @param step steps made
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
