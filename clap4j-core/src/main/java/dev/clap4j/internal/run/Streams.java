package dev.clap4j.internal.run;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

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

    /** Draws at most {@code count} of the numbers below {@code n}, in drawing order; more begin with the same ones. */
    public static int[] sample(int n, int count, RandomGenerator random) {
        int[] numbers = IntStream.range(0, n).toArray();
        int drawn = Math.min(count, n);
        for (int i = 0; i < drawn; i++) {
            int other = random.nextInt(i, n);
            int number = numbers[other];
            numbers[other] = numbers[i];
            numbers[i] = number;
        }
        return Arrays.copyOf(numbers, drawn);
    }
}
