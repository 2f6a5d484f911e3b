package dev.clap4j;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/**
 * Forwards everything to another progress.
 *
 * @param progress the progress to forward to
 * @param name maps the names of parts
 * @param stop an additional condition to stop
 */
record DerivedProgress(Progress progress, UnaryOperator<String> name, BooleanSupplier stop) implements Progress {
    @Override
    public void begin(String part, long steps, long done) {
        progress.begin(name.apply(part), steps, done);
    }

    @Override
    public void advance(long steps) {
        progress.advance(steps);
    }

    @Override
    public void note(String text) {
        progress.note(text);
    }

    @Override
    public void milestone(String text) {
        progress.milestone(text);
    }

    @Override
    public void timeLeft(Duration time) {
        progress.timeLeft(time);
    }

    @Override
    public boolean stopRequested() {
        return stop.getAsBoolean() || progress.stopRequested();
    }
}
