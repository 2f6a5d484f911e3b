package dev.clap4j.internal.run;

import java.util.Locale;

/** Durations in words. */
public final class Durations {
    private static final double SECONDS = 90;
    private static final double MINUTES = 7200;
    private static final double FEW = 10;

    private Durations() {}

    /** Returns {@code 8 s}, {@code 25 min} or {@code 3.4 h}. */
    public static String words(double seconds) {
        if (seconds < SECONDS) {
            return String.format(Locale.ROOT, "%.0f s", seconds);
        }
        return seconds < MINUTES
                ? String.format(Locale.ROOT, "%.0f min", seconds / 60)
                : String.format(Locale.ROOT, "%.1f h", seconds / 3600);
    }

    /** Returns the duration of a single step: {@code 0.42 s}, {@code 8.1 s} or like {@link #words}. */
    public static String ofStep(double seconds) {
        if (seconds < 1) {
            return String.format(Locale.ROOT, "%.2f s", seconds);
        }
        return seconds < FEW ? String.format(Locale.ROOT, "%.1f s", seconds) : words(seconds);
    }
}
