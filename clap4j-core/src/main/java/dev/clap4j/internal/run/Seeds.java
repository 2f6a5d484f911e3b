package dev.clap4j.internal.run;

import dev.clap4j.ClapException;
import java.util.List;
import java.util.stream.IntStream;

/** Seeds of repeated runs. */
public final class Seeds {
    /** More than this is rather a slip than a wish. */
    public static final int MOST = 10_000;

    private Seeds() {}

    /**
     * Seeds that follow one another.
     *
     * @param count how many, at most {@link #MOST}; below 1 there are none
     * @throws ClapException if there are more
     */
    public static List<Long> from(long first, int count) {
        if (count > MOST) {
            throw new ClapException("There should be at most " + MOST + " seeds, but are " + count);
        }
        return IntStream.range(0, count).mapToObj(i -> first + i).toList();
    }
}
