package dev.clap4j.cli;

import dev.clap4j.evaluation.reproduce.ReproductionListener;

/** A bar for each part of a reproduction, and the wish to stop. */
final class PartProgress implements ReproductionListener, AutoCloseable {
    private final StopSignal stop;
    private Progress bar = Progress.none();
    private boolean encoding;

    PartProgress(StopSignal stop) {
        this.stop = stop;
    }

    @Override
    public void begin(String part, long steps) {
        bar.close();
        encoding = part.startsWith("images");
        bar = Progress.start(part, steps);
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
        bar.close();
    }
}
