package dev.clap4j.cli;

import java.io.OutputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * A progress bar on standard error; silent unless a person watches there. It moves at least once a second, and is not shown
 * for what is done in half a second.
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

    /** No bar at all. */
    static Bar none() {
        return start(new Terminal(OutputStream.nullOutputStream(), false, 0), "", 0, 0);
    }

    /**
     * A bar for a known number of steps.
     *
     * @param before how many of them an earlier run has done
     */
    static Bar start(String task, long steps, long before) {
        return start(Terminal.ofProcess(), task, steps, before);
    }

    static Bar start(Terminal terminal, String task, long steps, long before) {
        return new Bar(terminal, task, steps, before);
    }

    /** Shows that a command is at work while nothing else says so, until the terminal is cleared. */
    static void working(Terminal terminal, String task) {
        terminal.move(() -> {
            long quiet = terminal.quietNanos();
            return quiet < QUIET_NANOS ? "" : task + " …  " + clock(quiet / 1e9);
        });
    }

    /** Whether there is a person to watch it. */
    boolean isShown() {
        return terminal.isWatched();
    }

    /** So many more steps are done. */
    synchronized void step(long count) {
        done += count;
    }

    /** Shows how long it will take still, where that is known better than from the steps so far. */
    synchronized void left(Duration time) {
        left = time;
    }

    /** Says something behind the bar, such as the loss. */
    synchronized void say(String text) {
        message = text;
    }

    /** As {@code images  45 % [######      ] 120/300  8/s  0:15, 0:22 left}. */
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
