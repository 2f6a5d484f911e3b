package dev.clap4j.cli;

import dev.clap4j.training.Schedule;
import dev.clap4j.training.Stage;
import dev.clap4j.training.TrainingListener;
import dev.clap4j.training.TrainingProgress;
import java.io.PrintWriter;
import java.util.Locale;

/** Shows a run, a bar on a terminal and a line for every check elsewhere, and passes a wish to stop on to it. */
final class TrainingProgressBar implements TrainingListener, AutoCloseable {
    /** Where there is no terminal, every so many styles have a line. */
    private static final int STYLES_TOLD = 10;

    private final Progress bar;
    private final PrintWriter err;
    private final StopSignal stop;
    private int shown;
    private int styles;

    private TrainingProgressBar(Progress bar, PrintWriter err, StopSignal stop) {
        this.bar = bar;
        this.err = err;
        this.stop = stop;
    }

    static TrainingProgressBar start(Schedule schedule, PrintWriter err, StopSignal stop) {
        return new TrainingProgressBar(Progress.start("Training", schedule.steps()), err, stop);
    }

    @Override
    public boolean shouldStop() {
        return stop.requested();
    }

    @Override
    public void progress(TrainingProgress at) {
        bar.step(at.step() - shown);
        shown = at.step();
        String what = at.stage() == Stage.ENCODING
                ? String.format(Locale.ROOT, "encoding %d/%d", at.encoded(), at.toEncode())
                : String.format(Locale.ROOT, "loss %.4f", at.loss());
        bar.say("  " + what);
        at.timeLeft().ifPresent(bar::left);
    }

    @Override
    public void learning(int learned, int of, double loss) {
        bar.say(String.format(Locale.ROOT, "  learning styles %d/%d, loss %.4f", learned, of, loss));
        if (!bar.isShown() && learned > styles && learned % STYLES_TOLD == 0) {
            err.printf(Locale.ROOT, "style %d of %d: loss %.4f%n", learned, of, loss);
            err.flush();
        }
        styles = learned;
    }

    @Override
    public void checked(int step, double meanLoss, boolean improved) {
        if (!bar.isShown()) {
            err.printf(Locale.ROOT, "step %d: loss %.4f%s%n", step, meanLoss, improved ? ", head kept" : "");
            err.flush();
        }
    }

    @Override
    public void close() {
        bar.close();
    }
}
