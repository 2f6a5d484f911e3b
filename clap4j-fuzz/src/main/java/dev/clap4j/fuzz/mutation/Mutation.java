package dev.clap4j.fuzz.mutation;

/** A mutation of a file's content. */
@FunctionalInterface
public interface Mutation {
    /** The limit in bytes of mutated files that are run. */
    int MAX_BYTES = 4 << 20;

    /**
     * Returns a mutated copy, always the same for the same choices.
     *
     * @param content of any length; may already be damaged
     */
    byte[] apply(byte[] content, Chance chance);
}
