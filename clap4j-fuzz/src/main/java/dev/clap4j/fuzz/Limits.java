package dev.clap4j.fuzz;

import java.time.Duration;

/**
 * The limits of one input.
 *
 * @param time time from when its files exist until the end of the run
 * @param bytes memory, on the heap and off it
 */
public record Limits(Duration time, long bytes) {
    /** Five seconds and a gigabyte. */
    public static final Limits DEFAULT = new Limits(Duration.ofSeconds(5), 1L << 30);
}
