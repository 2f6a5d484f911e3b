package dev.clap4j.cli;

import dev.clap4j.attack.AttackListener;

/** Shows attacks as a bar of gradients, and passes a wish to stop on to them. */
final class AttackProgressBar implements AttackListener, AutoCloseable {
    private final StopSignal stop;
    private Progress bar;

    AttackProgressBar(StopSignal stop) {
        this.stop = stop;
    }

    @Override
    public void planned(long gradients) {
        bar = Progress.start("Gradients", gradients);
    }

    @Override
    public void computed(long gradients) {
        bar.step(gradients);
    }

    @Override
    public boolean shouldStop() {
        return stop.requested();
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
