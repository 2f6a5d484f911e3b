package dev.clap4j.cli;

import dev.clap4j.pretraining.PretrainListener;
import dev.clap4j.pretraining.PretrainOptions;
import dev.clap4j.pretraining.PretrainProgress;
import java.io.PrintWriter;
import java.util.Locale;

/** Shows a run, a bar on a terminal and a line for every checkpoint elsewhere, and passes a wish to stop on to it. */
final class PretrainProgressBar implements PretrainListener, AutoCloseable {
    private final Progress bar;
    private final PrintWriter err;
    private final StopSignal stop;
    private int shown;

    private PretrainProgressBar(Progress bar, PrintWriter err, StopSignal stop) {
        this.bar = bar;
        this.err = err;
        this.stop = stop;
    }

    static PretrainProgressBar start(PretrainOptions options, PrintWriter err, StopSignal stop) {
        return new PretrainProgressBar(Progress.start("Pre-training", options.steps()), err, stop);
    }

    @Override
    public boolean shouldStop() {
        return stop.requested();
    }

    @Override
    public void progress(PretrainProgress at) {
        bar.step(at.step() - shown);
        shown = at.step();
        bar.say("  " + words(at));
        bar.left(at.timeLeft());
    }

    private static String words(PretrainProgress at) {
        return String.format(Locale.ROOT, "loss %.4f, %.0f images/s", at.loss(), at.imagesPerSecond());
    }

    @Override
    public void saved(PretrainProgress at) {
        if (!bar.isShown()) {
            err.printf(
                    Locale.ROOT,
                    "step %d of %d: %s, %s left%n",
                    at.step(),
                    at.steps(),
                    words(at),
                    Progress.words(at.timeLeft()));
            err.flush();
        }
    }

    @Override
    public void close() {
        bar.close();
    }
}
