package dev.clap4j.cli;

import dev.clap4j.evaluation.sweep.SweepListener;
import java.io.PrintWriter;
import java.util.Locale;

/** A bar for each part of a sweep; passes a wish to stop on to it. */
final class SweepProgress implements SweepListener, AutoCloseable {
    private final StopSignal stop;
    private final PrintWriter err;
    private Progress bar;
    private boolean encoding;

    SweepProgress(StopSignal stop, PrintWriter err) {
        this.stop = stop;
        this.err = err;
    }

    @Override
    public void notice(String text) {
        err.println("clap: " + text);
    }

    @Override
    public void begin(Part part, long steps) {
        close();
        encoding = part == Part.IMAGES || part == Part.TEXTS;
        bar = Progress.start(part.name().toLowerCase(Locale.ROOT), steps);
    }

    @Override
    public void advance(long steps) {
        bar.step(steps);
        if (encoding) {
            StopSignal.pass();
        }
    }

    @Override
    public boolean shouldStop() {
        return stop.requested();
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
