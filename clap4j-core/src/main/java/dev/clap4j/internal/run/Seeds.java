package dev.clap4j.internal.run;

import dev.clap4j.ClapException;
import java.util.List;
import java.util.stream.IntStream;

/** The seeds of repeated runs. */
public final class Seeds {
    /** The maximum number of seeds; more are probably a mistake. */
    public static final int MOST = 10_000;

    private Seeds() {}

    /**
     * Returns consecutive seeds.
     *
     * @param count the number of seeds, at most {@link #MOST}; none if below 1
     * @throws ClapException if there are more
     */
    public static List<Long> from(long first, int count) {
        if (count > MOST) {
            throw new ClapException("There should be at most " + MOST + " seeds, but are " + count);
        }
        return IntStream.range(0, count).mapToObj(i -> first + i).toList();
    }
}
