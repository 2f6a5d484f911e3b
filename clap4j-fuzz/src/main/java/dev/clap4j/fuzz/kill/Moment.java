package dev.clap4j.fuzz.kill;

import dev.clap4j.fuzz.mutation.Chance;
import java.nio.file.Path;

/**
 * The moment at which a process is killed.
 *
 * @param changes the number of changes of its files to wait for
 * @param millis the time to wait after that
 * @param asked the time in milliseconds between a request to stop and the kill; negative for no request
 */
record Moment(int changes, int millis, int asked) {
    private static final int POLL_MILLIS = 2;
    private static final int SOON_MILLIS = 6;
    private static final int STOPPING_MILLIS = 400;

    /** Draws a moment: half of the time any moment of the usual duration, else one just after something was written. */
    static Moment of(Chance chance, Usual usual) {
        int asked = chance.oneIn(5) ? chance.below(STOPPING_MILLIS) : -1;
        return chance.oneIn(2)
                ? new Moment(0, chance.below((int) usual.millis()), asked)
                : new Moment(chance.between(1, Math.max(1, usual.changes())), chance.below(SOON_MILLIS), asked);
    }

    /**
     * The measurements of an undisturbed run.
     *
     * @param millis its duration
     * @param changes the number of observed changes of its files
     */
    record Usual(long millis, int changes) {}

    /** Watches a process until it ends. */
    static Usual watch(ClapProcess process, Path folder) {
        long begin = System.nanoTime();
        int changes = awaitChanges(process, folder, Integer.MAX_VALUE);
        return new Usual((System.nanoTime() - begin) / 1_000_000, changes);
    }

    /** Waits for the moment, or until the process ends. */
    void await(ClapProcess process, Path folder) {
        awaitChanges(process, folder, changes);
        process.ended(millis);
        if (asked >= 0 && process.isAlive()) {
            process.stop();
            process.ended(asked);
        }
    }

    private static int awaitChanges(ClapProcess process, Path folder, int most) {
        int seen = 0;
        int stamp = Contents.stamp(folder);
        while (seen < most && !process.ended(POLL_MILLIS)) {
            int now = Contents.stamp(folder);
            seen += now == stamp ? 0 : 1;
            stamp = now;
        }
        return seen;
    }
}
