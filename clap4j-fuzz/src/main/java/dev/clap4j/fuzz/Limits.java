package dev.clap4j.fuzz;

import java.time.Duration;

/**
 * What one input may take.
 *
 * @param time from when its files lie there to its end
 * @param bytes memory, on the heap and beside it
 */
public record Limits(Duration time, long bytes) {
    /** Five seconds and a gigabyte. */
    public static final Limits DEFAULT = new Limits(Duration.ofSeconds(5), 1L << 30);
}
