package dev.clap4j.fuzz.mutation;

import java.util.List;
import java.util.SplittableRandom;

/** Random choices that follow from a seed alone. */
public final class Chance {
    private final SplittableRandom random;

    private Chance(SplittableRandom random) {
        this.random = random;
    }

    /**
     * The choices of one execution.
     *
     * @param seed the run's
     * @param name keeps the choices of different targets apart
     * @param number the execution's
     */
    public static Chance of(long seed, String name, long number) {
        long mixed = new SplittableRandom(seed * 31 + name.hashCode()).nextLong() + number;
        return new Chance(new SplittableRandom(mixed).split());
    }

    /** A number from 0 to {@code bound - 1}; 0 if there is none. */
    public int below(int bound) {
        return bound <= 1 ? 0 : random.nextInt(bound);
    }

    /** A number from {@code least} to {@code most}. */
    public int between(int least, int most) {
        return least + below(most - least + 1);
    }

    /** True once in {@code times}. */
    public boolean oneIn(int times) {
        return below(times) == 0;
    }

    /** One of several. */
    public <T> T pick(List<T> choices) {
        return choices.get(below(choices.size()));
    }

    /** One of several. */
    @SafeVarargs
    public final <T> T pick(T... choices) {
        return choices[below(choices.length)];
    }

    /** Any 64 bits. */
    public long bits() {
        return random.nextLong();
    }

    /** A count that is small most of the time and up to {@code most} now and then. */
    public int count(int most) {
        int magnitude = below(32 - Integer.numberOfLeadingZeros(Math.max(most, 1)));
        return Math.min(most, between(1 << magnitude, (2 << magnitude) - 1));
    }

    /** A number at which arithmetic goes wrong: near nothing, near a power of two, near the end of a type. */
    public long boundary() {
        return switch (below(4)) {
            case 0 -> between(-3, 16);
            case 1 -> pick(0x7FL, 0x80L, 0xFFL, 0x7FFFL, 0x8000L, 0xFFFFL, 0x7FFF_FFFFL, 0x8000_0000L, 0xFFFF_FFFFL);
            case 2 -> pick(Long.MAX_VALUE, Long.MIN_VALUE, -1L, 0L, (long) Integer.MIN_VALUE, 1_000_000_007L);
            default -> (1L << below(64)) + between(-1, 1);
        };
    }
}
