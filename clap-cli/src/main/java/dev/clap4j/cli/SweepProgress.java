package dev.clap4j.cli;

import dev.clap4j.evaluation.sweep.SweepListener;
import java.util.Locale;

/** A bar for each part of a sweep; passes a wish to stop on to it. */
final class SweepProgress implements SweepListener, AutoCloseable {
    private final StopSignal stop;
    private Progress bar;

    SweepProgress(StopSignal stop) {
        this.stop = stop;
    }

    @Override
    public void begin(Part part, long steps) {
        close();
        bar = Progress.start(part.name().toLowerCase(Locale.ROOT), steps);
    }

    @Override
    public void advance(long steps) {
        bar.step(steps);
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
