package dev.clap4j.training;

/** Guesses how long a run will still take, from how long its parts took so far. */
final class RunClock {
    private static final double NANOS = 1e9;

    private final Schedule schedule;
    private final long start = System.nanoTime();
    private long stageStart = start;
    private double encodingSeconds;
    private long encodedTexts;
    private double fittingSeconds;
    private int fittedSteps;

    RunClock(Schedule schedule) {
        this.schedule = schedule;
    }

    /** A stage begins. */
    void begin() {
        stageStart = System.nanoTime();
    }

    void encoded(int texts) {
        encodedTexts += texts;
        encodingSeconds += lap();
    }

    /** A step was made; the time since the last call. */
    double fitted() {
        fittedSteps++;
        double seconds = lap();
        fittingSeconds += seconds;
        return seconds;
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
     * @param textsLeft texts of this interval that are not encoded
     * @param textsLater texts that every later interval will have
     * @param step steps made
     */
    double secondsLeft(int textsLeft, int textsLater, int step) {
        int laterIntervals = schedule.intervals() - 1 - Math.min(step, schedule.steps() - 1) / schedule.intervalSteps();
        double texts = textsLeft + (double) textsLater * laterIntervals;
        double secondsPerText = encodedTexts == 0 ? Double.NaN : encodingSeconds / encodedTexts;
        double secondsPerStep = fittedSteps == 0 ? 0 : fittingSeconds / fittedSteps;
        double encoding = texts == 0 ? 0 : texts * secondsPerText;
        return encoding + secondsPerStep * (schedule.steps() - step);
    }
}
