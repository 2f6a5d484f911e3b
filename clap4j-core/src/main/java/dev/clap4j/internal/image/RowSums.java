package dev.clap4j.internal.image;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/**
 * The vertical pass of a resize, row by row: each source row is added to the output rows it contributes to, and these
 * are taken once their last source row was added. Only rows in progress are kept, whatever the height of the image.
 *
 * @param <R> a row of sums
 */
final class RowSums<R> {
    private final ResampleTable table;
    private final PillowResize.Window window;
    private final Supplier<R> newRow;
    private final Deque<R> open = new ArrayDeque<>();
    private final Deque<R> free = new ArrayDeque<>();
    /** The first output row not taken yet. */
    private int first;

    /**
     * Starts at the first row.
     *
     * @param table the source rows of each output row; null if they are identical
     * @param newRow creates a row of zeros
     */
    RowSums(ResampleTable table, PillowResize.Window window, Supplier<R> newRow) {
        this.table = table;
        this.window = window;
        this.newRow = newRow;
    }

    /** Adds a weighted source row to the sums of an output row. */
    @FunctionalInterface
    interface Adder<R> {
        void add(R sums, int weight);
    }

    /** Takes the sums of a completed output row and clears them. */
    @FunctionalInterface
    interface Taker<R> {
        void take(int row, R sums);
    }

    /** Returns the first source row in use. */
    int firstRow() {
        return table == null ? window.top() : table.first[0];
    }

    /** Returns the end (exclusive) of the source rows in use. */
    int endRow() {
        return table == null ? window.top() + window.height() : table.end();
    }

    private int from(int row) {
        return table == null ? window.top() + row : table.first[row];
    }

    private int end(int row) {
        return table == null ? window.top() + row + 1 : table.first[row] + table.count[row];
    }

    /** Adds a source row to all output rows it contributes to; the adder gets the index of the weight in the table. */
    void add(int y, Adder<R> adder) {
        for (int row = first + open.size(); row < window.height() && from(row) <= y; row++) {
            open.add(free.isEmpty() ? newRow.get() : free.pop());
        }
        int row = first;
        for (R sums : open) {
            if (y < end(row)) {
                adder.add(sums, table == null ? 0 : row * table.stride + y - table.first[row]);
            }
            row++;
        }
    }

    /** Passes on the output rows whose last source row was {@code y}. */
    void take(int y, Taker<R> taker) {
        while (!open.isEmpty() && end(first) <= y + 1) {
            R sums = open.remove();
            taker.take(first++, sums);
            free.push(sums);
        }
    }
}
