package dev.clap4j.internal.run;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Independent streams of random numbers derived from one seed, each identified by a name and a number. Each can be
 * obtained without drawing from the others, so the random numbers of a step do not depend on where a run was resumed.
 */
public final class Streams {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private final long seed;

    /** Creates the streams of a seed. */
    public Streams(long seed) {
        this.seed = seed;
    }

    /** Returns the stream of a name and number, from its beginning. */
    public RandomGenerator get(String name, long number) {
        long hash = FNV_OFFSET;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * FNV_PRIME;
        }
        for (long part : new long[] {number, seed}) {
            for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
                hash = (hash ^ (part >>> shift & 0xFF)) * FNV_PRIME;
            }
        }
        return new SplittableRandom(hash).split();
    }
}
