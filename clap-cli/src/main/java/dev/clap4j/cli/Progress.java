package dev.clap4j.cli;

import java.time.Duration;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar on standard error; silent unless the launcher found a terminal there. */
final class Progress implements AutoCloseable {
    private static final int UPDATE_MILLIS = 200;

    private final ProgressBar bar;

    private Progress(ProgressBar bar) {
        this.bar = bar;
    }

    /** No bar at all. */
    static Progress none() {
        return new Progress(null);
    }

    /** A bar for a known number of steps. */
    static Progress start(String task, long steps) {
        if (!Boolean.getBoolean("clap4j.terminal")) {
            return none();
        }
        return new Progress(new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(steps)
                .setUpdateIntervalMillis(UPDATE_MILLIS)
                .setStyle(ProgressBarStyle.ASCII)
                .showSpeed()
                .continuousUpdate()
                .build());
    }

    /** Whether there is a terminal to show it on. */
    boolean isShown() {
        return bar != null;
    }

    /** So many more steps are done. */
    void step(long count) {
        if (bar != null) {
            bar.stepBy(count);
        }
    }

    /** Says something behind the bar, such as the loss. */
    void say(String message) {
        if (bar != null) {
            bar.setExtraMessage(message);
        }
    }

    /** A time in one unit. */
    static String words(Duration time) {
        return time.toMinutes() > 0 ? time.toMinutes() + " min" : time.toSeconds() + " s";
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
