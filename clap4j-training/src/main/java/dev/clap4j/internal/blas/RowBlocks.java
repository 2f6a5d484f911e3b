package dev.clap4j.internal.blas;

import dev.clap4j.internal.engine.Parts;

/**
 * Processes the rows of a matrix in blocks that threads share. Blocks do not depend on the number of threads, so neither
 * do results.
 */
public final class RowBlocks {
    /**
     * The number of rows in a block, a multiple of all of OpenBLAS's kernels' heights (4 to 24), so that only the last
     * block has a remainder.
     */
    private static final int ROWS = 132;

    private RowBlocks() {}

    /** What is done with a block of rows. */
    @FunctionalInterface
    public interface Block {
        /** Processes the rows from {@code from} (inclusive) to {@code to} (exclusive). */
        void process(int from, int to);
    }

    /** Processes all rows, on all processors if {@link OneThread} allows it. */
    public static void run(int rows, Block block) {
        run(rows, OneThread.sharesProducts() ? Runtime.getRuntime().availableProcessors() : 1, block);
    }

    static void run(int rows, int threads, Block block) {
        Parts.run(
                threads,
                (rows + ROWS - 1) / ROWS,
                number -> block.process(number * ROWS, Math.min((number + 1) * ROWS, rows)));
    }
}
