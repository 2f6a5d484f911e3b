package dev.clap4j.fuzz.mutation;

import java.util.List;
import java.util.SplittableRandom;

/** Random choices that depend on a seed alone. */
public final class Chance {
    private final SplittableRandom random;

    private Chance(SplittableRandom random) {
        this.random = random;
    }

    /**
     * Returns the choices of one execution.
     *
     * @param seed the seed of the run
     * @param name separates the choices of different targets
     * @param number the number of the execution
     */
    public static Chance of(long seed, String name, long number) {
        long mixed = new SplittableRandom(seed * 31 + name.hashCode()).nextLong() + number;
        return new Chance(new SplittableRandom(mixed).split());
    }

    /** Returns a number from 0 to {@code bound - 1}; 0 if there is none. */
    public int below(int bound) {
        return bound <= 1 ? 0 : random.nextInt(bound);
    }

    /** Returns a number from {@code least} to {@code most}. */
    public int between(int least, int most) {
        return least + below(most - least + 1);
    }

    /** Returns true with a probability of 1 in {@code times}. */
    public boolean oneIn(int times) {
        return below(times) == 0;
    }

    /** Returns one of several choices. */
    public <T> T pick(List<T> choices) {
        return choices.get(below(choices.size()));
    }

    /** Returns one of several choices. */
    @SafeVarargs
    public final <T> T pick(T... choices) {
        return choices[below(choices.length)];
    }

    /** Returns 64 random bits. */
    public long bits() {
        return random.nextLong();
    }

    /** Returns a count that is usually small and occasionally up to {@code most}. */
    public int count(int most) {
        int magnitude = below(32 - Integer.numberOfLeadingZeros(Math.max(most, 1)));
        return Math.min(most, between(1 << magnitude, (2 << magnitude) - 1));
    }

    /** Returns a boundary value: near zero, near a power of two, or near the limits of a type. */
    public long boundary() {
        return switch (below(4)) {
            case 0 -> between(-3, 16);
            case 1 -> pick(0x7FL, 0x80L, 0xFFL, 0x7FFFL, 0x8000L, 0xFFFFL, 0x7FFF_FFFFL, 0x8000_0000L, 0xFFFF_FFFFL);
            case 2 -> pick(Long.MAX_VALUE, Long.MIN_VALUE, -1L, 0L, (long) Integer.MIN_VALUE, 1_000_000_007L);
            default -> (1L << below(64)) + between(-1, 1);
        };
    }
}
