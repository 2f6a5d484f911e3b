package dev.clap4j.internal.torch;

import dev.clap4j.internal.engine.Parts;
import org.bytedeco.javacpp.FloatPointer;

/** A product with many rows, computed in blocks of them by whoever is free. */
final class RowBlocks {
    /** A multiple of what kernels compute at once (4 to 24), so that only the last block needs their slow ways. */
    private static final int ROWS = 132;

    private RowBlocks() {}

    /** Whether a product of so many rows is one block. */
    static boolean one(long rows) {
        return rows <= ROWS;
    }

    /**
     * Computes a product {@code [rows, columns]} on as many threads as products are given now.
     *
     * @param to where it begins
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
