package dev.clap4j.cli;

import dev.clap4j.report.DisplayWidth;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * A progress bar on standard error; silent unless it is a terminal. It is redrawn at least once a second, and not shown
 * for work under half a second.
 */
final class Bar implements AutoCloseable {
    private static final long HIDDEN_NANOS = 500_000_000;
    private static final long QUIET_NANOS = 1_500_000_000;
    private static final int BAR = 24;

    private final Terminal terminal;
    private final String task;
    private final long steps;
    private final long before;
    private final long begin = System.nanoTime();
    private final Supplier<String> line = this::line;
    private long done;
    private String message = "";
    private Duration left; // null if only the steps so far tell it

    private Bar(Terminal terminal, String task, long steps, long before) {
        this.terminal = terminal;
        this.task = task;
        this.steps = steps;
        this.before = before;
        this.done = before;
        terminal.move(line);
    }

    /** Returns an invisible bar. */
    static Bar none() {
        return start(new Terminal(OutputStream.nullOutputStream(), false, 0), "", 0, 0);
    }

    /**
     * Returns a bar for a known number of steps.
     *
     * @param before the steps finished by an earlier run
     */
    static Bar start(String task, long steps, long before) {
        return start(Terminal.ofProcess(), task, steps, before);
    }

    static Bar start(Terminal terminal, String task, long steps, long before) {
        return new Bar(terminal, task, steps, before);
    }

    /** Shows that a command is working, until the terminal is cleared. */
    static void working(Terminal terminal, String task) {
        terminal.move(() -> {
            long quiet = terminal.quietNanos();
            return quiet < QUIET_NANOS ? "" : task + " …  " + clock(quiet / 1e9);
        });
    }

    /** Returns whether the bar is visible. */
    boolean isShown() {
        return terminal.isWatched();
    }

    /** Advances by finished steps. */
    synchronized void step(long count) {
        done += count;
    }

    /** Shows a remaining time that is known better than by extrapolation. */
    synchronized void left(Duration time) {
        left = time;
    }

    /** Shows a text after the bar, such as the loss. */
    synchronized void say(String text) {
        message = text;
    }

    /** Formats the bar, {@code images  45 % [######      ] 120/300  8/s  0:15, 0:22 left}. */
    private synchronized String line() {
        long nanos = System.nanoTime() - begin;
        if (nanos < HIDDEN_NANOS) {
            return "";
        }
        double seconds = nanos / 1e9;
        double rate = (done - before) / seconds;
        String end = " " + done + "/" + steps + rate(rate) + "  " + clock(seconds) + left(rate) + message;
        String start = task + String.format(Locale.ROOT, " %3d %% ", 100 * Math.min(done, steps) / Math.max(1, steps));
        int room = Math.min(BAR, terminal.width() - DisplayWidth.of(start) - DisplayWidth.of(end) - 2);
        return room < 4 ? start + end.strip() : start + bar(room) + end;
    }

    private String left(double rate) {
        if (done >= steps || (left == null && rate <= 0)) {
            return "";
        }
        return ", " + clock(left == null ? (steps - done) / rate : left.toMillis() / 1e3) + " left";
    }

    private String bar(int room) {
        int full = (int) (room * Math.min(done, steps) / Math.max(1, steps));
        return "[" + "#".repeat(full) + " ".repeat(room - full) + "]";
    }

    private static String rate(double rate) {
        return rate <= 0 ? "" : String.format(Locale.ROOT, rate < 10 ? "  %.1f/s" : "  %.0f/s", rate);
    }

    private static String clock(double seconds) {
        long whole = (long) Math.min(seconds, Integer.MAX_VALUE);
        return whole < 3600
                ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
    }

    @Override
    public void close() {
        terminal.rest(line);
    }
}
