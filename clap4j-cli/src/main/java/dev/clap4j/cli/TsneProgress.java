package dev.clap4j.cli;

import dev.clap4j.evaluation.tsne.TsneListener;

/** Shows how far the maps of t-SNE are. */
final class TsneProgress implements TsneListener, AutoCloseable {
    private final Progress progress;

    TsneProgress(long steps) {
        progress = Progress.start("t-SNE", steps);
    }

    @Override
    public void neighbours(int more) {
        progress.step(more);
    }

    @Override
    public void iterations(int more) {
        progress.step(more);
    }

    @Override
    public void close() {
        progress.close();
    }
}
