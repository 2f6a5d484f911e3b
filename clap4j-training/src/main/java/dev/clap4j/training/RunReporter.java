package dev.clap4j.training;

import dev.clap4j.Progress;
import dev.clap4j.StoppedException;
import dev.clap4j.internal.run.Steps;
import java.time.Duration;
import java.util.Locale;

/** Tells a progress where the run is, and ends the run when that asks for it. */
final class RunReporter {
    /** The steps, as the progress knows them. */
    static final String PART = "training";

    private final Schedule schedule;
    private final Progress progress;
    private final RunClock clock;
    private int steps;
    private int encoded;
    private int toEncode;
    private int later;

    /**
     * Begins to tell.
     *
     * @param steps how many were made before
     */
    RunReporter(Schedule schedule, Progress progress, int steps) {
        this.schedule = schedule;
        this.progress = progress;
        this.clock = new RunClock(schedule);
        this.steps = steps;
        progress.begin(PART, schedule.steps(), steps);
    }

    /** How long everything took so far. */
    RunClock clock() {
        return clock;
    }

    /** Steps made so far. */
    int steps() {
        return steps;
    }

    /** So much is to be encoded before the next step. */
    Steps beginEncoding(int lasting, int passing) {
        // The first interval has most of what lasts, so it says nothing about later ones.
        later = passing + (steps < schedule.intervalSteps() ? 0 : lasting);
        toEncode = lasting + passing;
        encoded = 0;
        clock.begin();
        tellEncoded();
        return Steps.begin(new Encoding(), "encoding", toEncode);
    }

    /** What is encoded are no steps of the run; it is told in words. */
    private final class Encoding implements Progress {
        @Override
        public void advance(long count) {
            encoded += (int) count;
            clock.encoded((int) count);
            tellEncoded();
        }

        @Override
        public boolean stopRequested() {
            return progress.stopRequested();
        }
    }

    private void tellEncoded() {
        progress.note("encoding " + encoded + "/" + toEncode);
        tellTimeLeft();
    }

    private void tellTimeLeft() {
        double secondsLeft = clock.secondsLeft(toEncode - encoded, later, steps);
        if (!Double.isNaN(secondsLeft)) {
            progress.timeLeft(Duration.ofSeconds((long) secondsLeft));
        }
    }

    void beginFit() {
        clock.begin();
        checkStop();
    }

    /** One more step; how many seconds it took. */
    double fitted(double loss) {
        steps++;
        double seconds = clock.fitted();
        progress.advance(1);
        progress.note(String.format(Locale.ROOT, "loss %.4f", loss));
        tellTimeLeft();
        checkStop();
        return seconds;
    }

    private void checkStop() {
        if (progress.stopRequested()) {
            throw new StoppedException(PART, steps, schedule.steps());
        }
    }

    void checked(double meanLoss, boolean improved) {
        progress.milestone(
                String.format(Locale.ROOT, "step %d: loss %.4f%s", steps, meanLoss, improved ? ", head kept" : ""));
    }
}
