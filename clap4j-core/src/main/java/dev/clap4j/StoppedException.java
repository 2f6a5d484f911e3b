package dev.clap4j;

/**
 * Ends work because its {@link Progress} asked for that. Whatever the work keeps on disk is whole, and the same call goes on
 * from there, with {@code RunStart.RESUME} where it has a run directory.
 */
public final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String part;
    private final long done;
    private final long steps;

    /**
     * Work that was stopped in a part.
     *
     * @param part the part's name
     * @param done how many of its steps are done; if the work keeps them on disk, how many of them are kept
     * @param steps how many steps it has in all
     */
    public StoppedException(String part, long done, long steps) {
        super("Stopped as requested: " + part + ", " + done + " of " + steps + " steps done");
        this.part = part;
        this.done = done;
        this.steps = steps;
    }

    /** The name of the part in which the work was stopped. */
    public String part() {
        return part;
    }

    /** How many steps are done; if the work keeps them on disk, how many of them are kept. */
    public long done() {
        return done;
    }

    /** How many steps there are in all. */
    public long steps() {
        return steps;
    }
}
