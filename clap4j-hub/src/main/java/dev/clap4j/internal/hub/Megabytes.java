package dev.clap4j.internal.hub;

import dev.clap4j.Progress;
import dev.clap4j.StoppedException;
import java.util.Locale;

/** One progress for the files of a model, in steps of a megabyte (10⁶ bytes). */
final class Megabytes {
    private static final long MEGA = 1_000_000;

    private final Progress progress;
    private final String part;
    private final long total;
    private long bytes;

    /**
     * Begins the part.
     *
     * @param model the model's name
     * @param total the bytes of all files
     * @param done those that are there
     */
    Megabytes(Progress progress, String model, long total, long done) {
        this.progress = progress;
        this.part = model + ", MB";
        this.total = total;
        this.bytes = done;
        progress.begin(part, steps(total), done / MEGA);
    }

    private static long steps(long bytes) {
        return Math.max(1, (bytes + MEGA - 1) / MEGA);
    }

    Progress progress() {
        return progress;
    }

    /**
     * Counts bytes that have arrived.
     *
     * @throws StoppedException if the work is to stop
     */
    void arrived(long count) {
        long before = bytes == total ? steps(total) : bytes / MEGA;
        bytes += count;
        long now = bytes == total ? steps(total) : bytes / MEGA;
        if (now > before) {
            progress.advance(now - before);
        }
        if (progress.stopRequested()) {
            throw new StoppedException(part, bytes / MEGA, steps(total));
        }
    }

    /** Returns a size for people: {@code 605 MB}, {@code 1.2 GB}, {@code 340 kB}. */
    static String shown(long bytes) {
        if (bytes < 1000) {
            return bytes + " bytes";
        }
        String[] units = {"kB", "MB", "GB", "TB"};
        double size = bytes / 1e3;
        int unit = 0;
        while (size >= 999.5 && unit < units.length - 1) {
            size /= 1e3;
            unit++;
        }
        return String.format(Locale.ROOT, size < 9.95 && unit > 0 ? "%.1f %s" : "%.0f %s", size, units[unit]);
    }
}
