package dev.clap4j.iconworld.scene;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Independent generators by seed, name and number, which do not depend on when or in what order they are created. */
public final class Seeds {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private Seeds() {}

    /** Creates the generator of a name and number. */
    public static RandomGenerator generator(long seed, String name, long number) {
        return new SplittableRandom(mix(mix(mix(seed) ^ name.hashCode()) ^ number));
    }

    /** Scrambles a value with variant 13 of Stafford's mixer, after a step of a Weyl sequence. */
    private static long mix(long value) {
        long z = value + GOLDEN;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
