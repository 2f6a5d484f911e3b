package dev.clap4j.cli;

import dev.clap4j.iconworld.dataset.DatasetBuilder;

/** A bar for each part of a build. */
final class BuildProgress implements DatasetBuilder.Progress, AutoCloseable {
    private Progress bar;

    @Override
    public void begin(String part, long steps) {
        close();
        bar = Progress.start(part, steps);
    }

    @Override
    public void advance(int steps) {
        bar.step(steps);
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
