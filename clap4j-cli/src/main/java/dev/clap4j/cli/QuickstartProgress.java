package dev.clap4j.cli;

import dev.clap4j.evaluation.quickstart.QuickstartListener;
import java.util.Locale;

/** A bar for each part of the quickstart. */
final class QuickstartProgress implements QuickstartListener, AutoCloseable {
    private Progress bar;

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
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
