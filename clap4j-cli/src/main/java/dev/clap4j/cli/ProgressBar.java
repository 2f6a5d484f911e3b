package dev.clap4j.cli;

import dev.clap4j.Progress;
import dev.clap4j.report.DisplayWidth;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Shows work to a person: a bar for each of its parts on a terminal, a line for each milestone elsewhere. A bar is redrawn at
 * least once a second, and not shown for a part under half a second. While it is open, Ctrl-C is passed on to the work, and the
 * process waits until that has come to rest.
 */
class ProgressBar implements Progress, AutoCloseable {
    private static final long HIDDEN_NANOS = 500_000_000;
    private static final long QUIET_NANOS = 1_500_000_000;
    private static final int BAR = 24;

    private final Terminal terminal;
    private final PrintWriter log; // null if milestones are not told
    private final StopSignal stop = StopSignal.listen();
    private final Supplier<String> line = this::line;
    private String part = "";
    private long begin;
    private long steps;
    private long before;
    private long done;
    private String message = "";
    private Duration left; // null if only the steps so far tell it

    ProgressBar(Terminal terminal, PrintWriter log) {
        this.terminal = terminal;
        this.log = log;
    }

    /** Shows bars alone. */
    static ProgressBar open() {
        return new ProgressBar(Terminal.ofProcess(), null);
    }

    /** Shows bars, or where nobody watches milestones. */
    static ProgressBar logging(PrintWriter err) {
        return new ProgressBar(Terminal.ofProcess(), err);
    }

    /** Shows that a command is working, until the terminal is cleared. */
    static void working(Terminal terminal, String task) {
        terminal.move(() -> {
            long quiet = terminal.quietNanos();
            return quiet < QUIET_NANOS ? "" : task + " …  " + clock(quiet / 1e9);
        });
    }

    @Override
    public void begin(String name, long all, long finished) {
        rest();
        synchronized (this) {
            part = name;
            begin = System.nanoTime();
            steps = all;
            before = finished;
            done = finished;
            message = "";
            left = null;
        }
        terminal.move(line);
    }

    @Override
    public synchronized void advance(long count) {
        done += count;
    }

    @Override
    public synchronized void note(String text) {
        message = "  " + text;
    }

    @Override
    public void milestone(String text) {
        if (log != null && !terminal.isWatched()) {
            log.println(text);
            log.flush();
        }
    }

    @Override
    public synchronized void timeLeft(Duration time) {
        left = time;
    }

    @Override
    public boolean stopRequested() {
        return stop.requested();
    }

    /** Ends the bar, whose last state stays; before results are printed. */
    void rest() {
        terminal.rest(line);
    }

    @Override
    public void close() {
        rest();
        stop.close();
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
        String start = part + String.format(Locale.ROOT, " %3d %% ", 100 * Math.min(done, steps) / Math.max(1, steps));
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
}
