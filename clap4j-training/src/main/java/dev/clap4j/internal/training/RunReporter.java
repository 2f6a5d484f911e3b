package dev.clap4j.internal.training;

import dev.clap4j.Progress;
import dev.clap4j.StoppedException;
import dev.clap4j.internal.run.Steps;
import dev.clap4j.training.Schedule;
import java.time.Duration;
import java.util.Locale;

/** Reports the state of a run to a progress, and ends the run on its request. */
final class RunReporter implements EncoderPass.Work {
    /** The name under which steps are reported. */
    static final String PART = "training";

    private final Schedule schedule;
    private final Progress progress;
    private final RunClock clock;
    private int steps;
    private int encoded;
    private int toEncode;
    private int later;

    /**
     * Creates a reporter and begins to report.
     *
     * @param steps the number of steps done by earlier parts of the run
     */
    RunReporter(Schedule schedule, Progress progress, int steps) {
        this.schedule = schedule;
        this.progress = progress;
        this.clock = new RunClock(schedule);
        this.steps = steps;
        progress.begin(PART, schedule.steps(), steps);
    }

    /** Returns the clock of the run. */
    RunClock clock() {
        return clock;
    }

    /** Returns the number of steps done. */
    int steps() {
        return steps;
    }

    @Override
    public void planning(int interval, int intervals) {
        int length = schedule.intervalSteps();
        progress.note("planning " + interval * length + "/" + intervals * length);
        checkStop();
    }

    /** Begins the encoding before the next step. */
    @Override
    public Steps begin(int lasting, int passing) {
        // The first interval encodes most of the shared inputs, so its count does not predict later intervals.
        later = passing + (steps < schedule.intervalSteps() ? 0 : lasting);
        toEncode = lasting + passing;
        encoded = 0;
        clock.begin();
        tellEncoded();
        return Steps.begin(new Encoding(), "encoding", toEncode);
    }

    /** Reports encoding as a note, because it does not advance the steps of the run. */
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

    /** Reports a step and returns the seconds it took. */
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
