package dev.clap4j.cli;

import dev.clap4j.evaluation.reproduce.ReproductionListener;

/** A bar for each part of a reproduction, and the wish to stop. */
final class PartProgress implements ReproductionListener, AutoCloseable {
    private final StopSignal stop;
    private Progress bar = Progress.none();

    PartProgress(StopSignal stop) {
        this.stop = stop;
    }

    @Override
    public void begin(String part, long steps) {
        bar.close();
        bar = Progress.start(part, steps);
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
        bar.close();
    }
}
