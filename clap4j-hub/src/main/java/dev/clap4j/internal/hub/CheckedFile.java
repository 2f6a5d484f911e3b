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
        /** The file has the hub's hash. */
        OK,
        /** The file has another hash. */
        DAMAGED,
        /** The link is broken. */
        MISSING,
        /** The cache has no hash to compare with: it holds copies instead of links, or comes from a mirror. */
        UNKNOWN
    }

    /** Returns whether the file is at fault. */
    public boolean isBad() {
        return state == State.DAMAGED || state == State.MISSING;
    }
}
