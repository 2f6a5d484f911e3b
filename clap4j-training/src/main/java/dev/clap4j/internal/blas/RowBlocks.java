package dev.clap4j.internal.blas;

import dev.clap4j.internal.engine.Parts;
import java.util.function.Supplier;

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

    /** The number of rows from which several threads gain more than they lose by waiting for one another. */
    private static final int MANY = 256;

    private static final ThreadLocal<Boolean> ALONE = ThreadLocal.withInitial(() -> false);

    private RowBlocks() {}

    /** The work on a block of rows. */
    @FunctionalInterface
    public interface Block {
        /** Processes the rows from {@code from} (inclusive) to {@code to} (exclusive). */
        void process(int from, int to);
    }

    /** Runs some work, whose rows all stay on this thread, since others have work of their own. */
    public static <R> R alone(Supplier<R> work) {
        boolean before = ALONE.get();
        ALONE.set(true);
        try {
            return work.get();
        } finally {
            ALONE.set(before);
        }
    }

    /** Processes all rows, on all processors if there are many. */
    public static void run(int rows, Block block) {
        run(rows, rows < MANY || ALONE.get() ? 1 : Runtime.getRuntime().availableProcessors(), block);
    }

    static void run(int rows, int threads, Block block) {
        Parts.run(
                threads,
                (rows + ROWS - 1) / ROWS,
                number -> block.process(number * ROWS, Math.min((number + 1) * ROWS, rows)));
    }
}
