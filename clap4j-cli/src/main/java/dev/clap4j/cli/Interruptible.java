package dev.clap4j.cli;

import dev.clap4j.StoppedException;

/** A command that says what it leaves behind when Ctrl-C ends it. */
interface Interruptible {
    /** What the person can count on, as a clause: {@code the features of finished images are in the cache}. */
    String kept();

    /** Likewise, once the work has come to rest and says how far it is. */
    default String kept(StoppedException stopped) {
        return kept();
    }

    /** Whether the same command, typed again, goes on from there; with {@code --resume} where it begins a run. */
    default boolean goesOn() {
        return true;
    }

    /** Whether there is a run now that {@code --resume} goes on with. */
    default boolean isBegun() {
        return false;
    }
}
