package dev.clap4j.internal.hub;

/**
 * A file of a downloaded model, compared with the hash that the hub gave.
 *
 * @param name the commit and the name of the file
 * @param bytes its size; 0 if it is missing
 * @param state the outcome
 */
public record CheckedFile(String name, long bytes, State state) {
    /** The outcome of the comparison. */
    public enum State {
        /** The content is the hub's. */
        OK,
        /** The content is another one. */
        DAMAGED,
        /** The file leads to no content. */
        MISSING,
        /** The cache does not say which content it should be: it has copies instead of links, or is that of a mirror. */
        UNKNOWN
    }

    /** Returns whether the file is at fault. */
    public boolean isBad() {
        return state == State.DAMAGED || state == State.MISSING;
    }
}
