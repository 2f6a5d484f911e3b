package dev.clap4j.torch;

import java.util.stream.IntStream;
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
     * Computes a product {@code [rows, columns]}.
     *
     * @param to where it begins
     */
    static void run(Product product, int rows, int columns, FloatPointer to) {
        IntStream blocks = IntStream.range(0, (rows + ROWS - 1) / ROWS);
        (OneThread.sharesProducts() ? blocks.parallel() : blocks).forEach(block -> {
            int row = block * ROWS;
            FloatPointer start = new FloatPointer(to).position((long) row * columns);
            product.block(row, Math.min(ROWS, rows - row), 0, columns, start, columns);
        });
    }
}
