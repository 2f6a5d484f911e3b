package dev.clap4j.cli;

/** A command that Ctrl-C ends at once, and that says what it leaves behind. */
interface Interruptible {
    /**
     * What the person can count on, as a clause: {@code the features of finished images are in the cache}.
     */
    String kept();

    /** Whether the same command, typed again, goes on from there. */
    default boolean goesOn() {
        return true;
    }
}
