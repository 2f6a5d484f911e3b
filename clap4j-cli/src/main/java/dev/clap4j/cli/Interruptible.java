package dev.clap4j.cli;

import dev.clap4j.StoppedException;

/** A command, or a mixin of one, that says what is left behind when Ctrl-C ends it. */
interface Interruptible {
    /** Returns a clause on the work that is kept: {@code the features of finished images are in the cache}. */
    String kept();

    /** Likewise, once the work has come to rest and says how far it is. */
    default String kept(StoppedException stopped) {
        return kept();
    }

    /** Returns whether there is a run that {@code --resume} can continue. */
    default boolean isBegun() {
        return false;
    }
}
