package dev.clap4j;

/**
 * Thrown when a {@link Progress} stops the work. Everything on disk is consistent, and the same call resumes the work,
 * with {@code RunStart.RESUME} if it has a run directory.
 */
public final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String part;
    private final long done;
    private final long steps;

    /**
     * Creates an exception for work that was stopped.
     *
     * @param part the part's name
     * @param done the number of completed steps; if the work saves them on disk, the number saved
     * @param steps the total number of steps
     */
    public StoppedException(String part, long done, long steps) {
        super("Stopped as requested: " + part + ", " + done + " of " + steps + " steps done");
        this.part = part;
        this.done = done;
        this.steps = steps;
    }

    /** Returns the name of the part in which the work was stopped. */
    public String part() {
        return part;
    }

    /** Returns the number of completed steps; if the work saves them on disk, the number saved. */
    public long done() {
        return done;
    }

    /** Returns the total number of steps. */
    public long steps() {
        return steps;
    }
}
