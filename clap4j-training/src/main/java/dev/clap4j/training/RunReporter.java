package dev.clap4j.training;

/** Tells the listener where the run is, and ends the run when it asks for that. */
final class RunReporter implements EncoderPass.Progress {
    private final Schedule schedule;
    private final TrainingListener listener;
    private final RunClock clock;
    private int steps;
    private int encoded;
    private int toEncode;
    private int later;
    private double loss = Double.NaN;

    /** The listener asked to stop. */
    static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Stopped() {
            super("The run was asked to stop", null, false, false);
        }
    }

    RunReporter(Schedule schedule, TrainingListener listener, int steps) {
        this.schedule = schedule;
        this.listener = listener;
        this.clock = new RunClock(schedule);
        this.steps = steps;
    }

    /** How long everything took so far. */
    RunClock clock() {
        return clock;
    }

    /** Steps made so far. */
    int steps() {
        return steps;
    }

    @Override
    public void begin(int lasting, int passing) {
        // The first interval has most of what lasts, so it says nothing about later ones.
        later = passing + (steps < schedule.intervalSteps() ? 0 : lasting);
        toEncode = lasting + passing;
        encoded = 0;
        clock.begin();
        report(Stage.ENCODING);
    }

    @Override
    public void accept(int count) {
        encoded += count;
        clock.encoded(count);
        report(Stage.ENCODING);
    }

    void beginFit() {
        clock.begin();
        report(Stage.FITTING);
    }

    /** One more step; how many seconds it took. */
    double fitted(double lossOfStep) {
        steps++;
        loss = lossOfStep;
        double seconds = clock.fitted();
        report(Stage.FITTING);
        return seconds;
    }

    void checked(double meanLoss, boolean improved) {
        listener.checked(steps, meanLoss, improved);
    }

    private void report(Stage stage) {
        double secondsLeft = clock.secondsLeft(toEncode - encoded, later, steps);
        listener.progress(new TrainingProgress(stage, steps, schedule.steps(), encoded, toEncode, loss, secondsLeft));
        if (listener.shouldStop()) {
            throw new Stopped();
        }
    }
}
