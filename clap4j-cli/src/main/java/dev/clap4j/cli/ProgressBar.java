package dev.clap4j.cli;

import dev.clap4j.Progress;
import java.io.PrintWriter;
import java.time.Duration;

/**
 * Shows work to a person: a bar for each of its parts on a terminal, a line for each milestone elsewhere. While it is open,
 * Ctrl-C is passed on to the work, and the process waits until that has come to rest.
 */
final class ProgressBar implements Progress, AutoCloseable {
    private final Terminal terminal;
    private final PrintWriter log; // null if milestones are not told
    private final StopSignal stop = StopSignal.listen();
    private Bar bar = Bar.none();

    private ProgressBar(Terminal terminal, PrintWriter log) {
        this.terminal = terminal;
        this.log = log;
    }

    /** Shows bars alone. */
    static ProgressBar open() {
        return new ProgressBar(Terminal.ofProcess(), null);
    }

    /** Shows bars, or where nobody watches milestones. */
    static ProgressBar logging(PrintWriter err) {
        return logging(Terminal.ofProcess(), err);
    }

    static ProgressBar logging(Terminal terminal, PrintWriter err) {
        return new ProgressBar(terminal, err);
    }

    @Override
    public void begin(String part, long steps, long done) {
        rest();
        bar = Bar.start(terminal, part, steps, done);
    }

    @Override
    public void advance(long steps) {
        bar.step(steps);
    }

    @Override
    public void note(String text) {
        bar.say("  " + text);
    }

    @Override
    public void milestone(String text) {
        if (log != null && !terminal.isWatched()) {
            log.println(text);
            log.flush();
        }
    }

    @Override
    public void timeLeft(Duration time) {
        bar.left(time);
    }

    @Override
    public boolean stopRequested() {
        return stop.requested();
    }

    /** Ends the bar, whose last state stays; before results are printed. */
    void rest() {
        bar.close();
        bar = Bar.none();
    }

    @Override
    public void close() {
        rest();
        stop.close();
    }
}
