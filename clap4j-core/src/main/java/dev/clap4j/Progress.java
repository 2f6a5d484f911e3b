package dev.clap4j;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Follows long work, and can stop it. Work consists of one or more parts, one after the other; a part has a known number of
 * steps.
 *
 * <p>Calls may come from several threads, but never from two at the same time, except for {@link #stopRequested}, which must
 * be safe to call at any time. They come between two steps, so they should return quickly.
 *
 * <p>To stop, answer yes to {@link #stopRequested}. The work then ends between two steps with a {@link StoppedException},
 * after saving what it can go on from. To stop from another thread: {@code Progress.NONE.stopWhen(flag::get)}.
 */
public interface Progress {
    /** Ignores everything and never stops. */
    Progress NONE = new Progress() {};

    /**
     * Called when a part begins.
     *
     * @param part its name, such as {@code images}
     * @param steps how many steps it has in all
     * @param done how many of them were done before, by an earlier run
     */
    default void begin(String part, long steps, long done) {}

    /**
     * Called when steps of the current part are done.
     *
     * @param steps how many more, at least 1
     */
    default void advance(long steps) {}

    /**
     * Called with the latest news of the current part, such as {@code loss 0.1234}.
     *
     * @param text a few words that replace those before
     */
    default void note(String text) {}

    /**
     * Called when something is worth an entry in a log, such as a checkpoint that is written.
     *
     * @param text a line, such as {@code step 50: loss 0.1234}
     */
    default void milestone(String text) {}

    /**
     * Called with an estimate of the time until the current part ends, by work whose steps take unequally long.
     *
     * @param time the time left
     */
    default void timeLeft(Duration time) {}

    /**
     * Asked between two steps.
     *
     * @return whether the work should stop
     */
    default boolean stopRequested() {
        return false;
    }

    /**
     * Adds a reason to stop.
     *
     * @param stop asked between two steps; safe to call from any thread
     * @return a progress that tells this one everything, and stops if either wants to
     */
    default Progress stopWhen(BooleanSupplier stop) {
        return new DerivedProgress(this, part -> part, stop);
    }

    /**
     * Gives the parts of nested work another name.
     *
     * @param name such as {@code training, seed 2}
     * @return a progress that tells this one everything, with that name for every part
     */
    default Progress withPart(String name) {
        return new DerivedProgress(this, part -> name, () -> false);
    }
}
