package dev.clap4j.internal.run;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Independent streams of random numbers from one seed, each with a name and a number, so that any of them can be had
 * without drawing the others: what a step draws does not depend on where a run was resumed.
 */
public final class Streams {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private final long seed;

    /** All streams of a seed. */
    public Streams(long seed) {
        this.seed = seed;
    }

    /** The stream of that name and number; the same whenever asked for. */
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
