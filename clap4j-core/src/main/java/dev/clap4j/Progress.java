package dev.clap4j;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Reports the progress of long-running work, and can stop it. Work consists of one or more consecutive parts, each with
 * a known number of steps.
 *
 * <p>Methods may be called from several threads, but never concurrently, except for {@link #stopRequested}, which must
 * be thread-safe. They are called between steps, so they should return quickly.
 *
 * <p>To stop the work, return true from {@link #stopRequested}. The work then saves what it can be resumed from and
 * ends between two steps with a {@link StoppedException}. To stop it from another thread, use
 * {@code Progress.NONE.stopWhen(flag::get)}.
 */
public interface Progress {
    /** Ignores all calls and never stops. */
    Progress NONE = new Progress() {};

    /**
     * Called when a part begins.
     *
     * @param part its name, such as {@code images}
     * @param steps the total number of steps
     * @param done the number of steps already completed by an earlier run
     */
    default void begin(String part, long steps, long done) {}

    /**
     * Called when steps of the current part are completed.
     *
     * @param steps the number of additional steps, at least 1
     */
    default void advance(long steps) {}

    /**
     * Called with the current status of the part, such as {@code loss 0.1234}.
     *
     * @param text a short text that replaces the previous one
     */
    default void note(String text) {}

    /**
     * Called for events that belong in a log, such as a saved checkpoint.
     *
     * @param text a line, such as {@code step 50: loss 0.1234}
     */
    default void milestone(String text) {}

    /**
     * Called with an estimate of the time left in the current part, if its steps take unequally long.
     *
     * @param time the time left
     */
    default void timeLeft(Duration time) {}

    /**
     * Called between steps.
     *
     * @return whether the work should stop
     */
    default boolean stopRequested() {
        return false;
    }

    /**
     * Returns a progress that forwards everything to this one and has an additional condition to stop.
     *
     * @param stop called between steps; must be thread-safe
     * @return a progress that stops if either requests it
     */
    default Progress stopWhen(BooleanSupplier stop) {
        return new DerivedProgress(this, part -> part, stop);
    }

    /**
     * Returns a progress that forwards everything to this one, with another name for the parts of nested work.
     *
     * @param name the name of every part, such as {@code training, seed 2}
     * @return a progress that renames all parts
     */
    default Progress withPart(String name) {
        return new DerivedProgress(this, part -> name, () -> false);
    }
}
