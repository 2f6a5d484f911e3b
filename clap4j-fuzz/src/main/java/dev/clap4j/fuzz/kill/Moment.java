package dev.clap4j.fuzz.kill;

import dev.clap4j.fuzz.mutation.Chance;
import java.nio.file.Path;

/**
 * When a process is killed.
 *
 * @param changes how many changes of its files are waited for
 * @param millis how long it is waited then
 * @param asked how many milliseconds before it is asked to stop; negative if it is not
 */
record Moment(int changes, int millis, int asked) {
    private static final int POLL_MILLIS = 2;
    private static final int SOON_MILLIS = 6;
    private static final int STOPPING_MILLIS = 400;

    /** Any moment of the usual time, or, half the time, one at which something has just been written. */
    static Moment of(Chance chance, Usual usual) {
        int asked = chance.oneIn(5) ? chance.below(STOPPING_MILLIS) : -1;
        return chance.oneIn(2)
                ? new Moment(0, chance.below((int) usual.millis()), asked)
                : new Moment(chance.between(1, Math.max(1, usual.changes())), chance.below(SOON_MILLIS), asked);
    }

    /**
     * What an undisturbed run takes.
     *
     * @param millis how long
     * @param changes how many changes of its files are seen
     */
    record Usual(long millis, int changes) {}

    /** Watches a process until its end. */
    static Usual watch(ClapProcess process, Path folder) {
        long begin = System.nanoTime();
        int changes = awaitChanges(process, folder, Integer.MAX_VALUE);
        return new Usual((System.nanoTime() - begin) / 1_000_000, changes);
    }

    /** Waits for the moment, if the process does not end before. */
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
