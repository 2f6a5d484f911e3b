package dev.clap4j.tsne;

import dev.clap4j.internal.run.Steps;
import java.util.stream.IntStream;

/**
 * Work on many rows by all processors. Rows are cut into the same parts whatever the number of processors, and no part
 * sees another's result, so that results do not depend on it.
 */
final class Rows {
    private static final int PART = 64;

    /** Below this many rows, threads do not pay off. */
    private static final int FEW = 512;

    private Rows() {}

    /** Rows {@code from} to {@code to}, which is excluded. */
    @FunctionalInterface
    interface Part {
        void run(int from, int to);
    }

    /** Does all parts, in any order. */
    static void each(int rows, Part work) {
        IntStream parts = IntStream.range(0, (rows + PART - 1) / PART);
        (rows <= FEW ? parts : parts.parallel())
                .forEach(part -> work.run(part * PART, Math.min(rows, (part + 1) * PART)));
    }

    /** Like {@link #each}, reporting the finished rows. */
    static void each(int rows, Steps steps, Part work) {
        each(rows, (from, to) -> {
            work.run(from, to);
            steps.advance(to - from);
        });
    }
}
