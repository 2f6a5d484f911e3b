package dev.clap4j.internal.torch;

import dev.clap4j.internal.engine.Parts;
import org.bytedeco.javacpp.FloatPointer;

/** Computes a product with many rows in blocks of rows that threads share. */
final class RowBlocks {
    /**
     * The number of rows in a block, a multiple of all kernels' heights (4 to 24), so that only the last block has a
     * remainder.
     */
    private static final int ROWS = 132;

    private RowBlocks() {}

    /** Returns whether a product with that many rows is a single block. */
    static boolean one(long rows) {
        return rows <= ROWS;
    }

    /**
     * Computes a product {@code [rows, columns]}, on all processors if {@link OneThread} allows it.
     *
     * @param to the start of the result
     */
    static void run(Product product, int rows, int columns, FloatPointer to) {
        run(
                product,
                rows,
                columns,
                to,
                OneThread.sharesProducts() ? Runtime.getRuntime().availableProcessors() : 1);
    }

    static void run(Product product, int rows, int columns, FloatPointer to, int threads) {
        Parts.run(threads, (rows + ROWS - 1) / ROWS, block -> {
            int row = block * ROWS;
            FloatPointer start = new FloatPointer(to).position((long) row * columns);
            product.block(row, Math.min(ROWS, rows - row), 0, columns, start, columns);
        });
    }
}
