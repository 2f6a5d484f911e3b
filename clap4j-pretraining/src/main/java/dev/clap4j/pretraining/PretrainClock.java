package dev.clap4j.pretraining;

import java.time.Duration;

/** Records the steps of this part of a run, their losses and their durations. */
final class PretrainClock {
    private static final double NANOS = 1e9;

    private final PretrainOptions options;
    private final long start = System.nanoTime();
    private final int firstStep;
    private long last = start;
    private int step;
    private double windowSum;
    private int windowSteps;

    PretrainClock(PretrainOptions options, int firstStep) {
        this.options = options;
        this.firstStep = firstStep;
        this.step = firstStep;
    }

    /** Records a step and returns the seconds since the previous one. */
    double stepped(double loss) {
        if (step % options.checkpointEvery() == 0) {
            windowSum = 0;
            windowSteps = 0;
        }
        step++;
        windowSum += loss;
        windowSteps++;
        long now = System.nanoTime();
        double seconds = (now - last) / NANOS;
        last = now;
        return seconds;
    }

    PretrainProgress progress() {
        int made = step - firstStep;
        double seconds = (last - start) / NANOS;
        double secondsLeft = made == 0 ? 0 : seconds / made * (options.steps() - step);
        return new PretrainProgress(
                step,
                options.steps(),
                windowSteps == 0 ? Double.NaN : windowSum / windowSteps,
                made == 0 ? 0 : made * (double) options.batchSize() / seconds,
                Duration.ofSeconds((long) secondsLeft));
    }
}
