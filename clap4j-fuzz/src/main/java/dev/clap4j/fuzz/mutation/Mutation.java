package dev.clap4j.fuzz.mutation;

/** A change to the content of a file. */
@FunctionalInterface
public interface Mutation {
    /** What is made larger than this is not tried. */
    int MAX_BYTES = 4 << 20;

    /**
     * A changed copy, always the same for the same choices.
     *
     * @param content of any length; may be damaged already
     */
    byte[] apply(byte[] content, Chance chance);
}
