package dev.clap4j.evaluation.reproduce;

/** Follows a reproduction, part by part. Called on its own threads, one at a time, so it should be quick. */
public interface ReproductionListener {
    /**
     * Told before a part.
     *
     * @param part what it does
     * @param steps how many steps it has
     */
    default void begin(String part, long steps) {}

    /** Told how many more steps of the part are done. */
    default void advance(long steps) {}

    /** Asked between steps; what is done is kept when the answer is yes. */
    default boolean shouldStop() {
        return false;
    }
}
