package dev.clap4j.internal.image;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/**
 * The second pass of a resize, row by row: each old row is added to the new ones that it is part of, and those are taken
 * when their last one was added. No more rows are kept than are being added up, however many the image has.
 *
 * @param <R> a row of sums
 */
final class RowSums<R> {
    private final ResampleTable table;
    private final PillowResize.Window window;
    private final Supplier<R> newRow;
    private final Deque<R> open = new ArrayDeque<>();
    private final Deque<R> free = new ArrayDeque<>();
    /** The first new row that is not taken yet. */
    private int first;

    /**
     * Begins with the first row.
     *
     * @param table which old rows each new one is made of; null if they are the same
     * @param newRow makes a row of zeros
     */
    RowSums(ResampleTable table, PillowResize.Window window, Supplier<R> newRow) {
        this.table = table;
        this.window = window;
        this.newRow = newRow;
    }

    /** Adds an old row, times a weight, to the sums of a new one. */
    @FunctionalInterface
    interface Adder<R> {
        void add(R sums, int weight);
    }

    /** Takes the sums of a new row that is complete, and clears them. */
    @FunctionalInterface
    interface Taker<R> {
        void take(int row, R sums);
    }

    /** The first old row that counts. */
    int firstRow() {
        return table == null ? window.top() : table.first[0];
    }

    /** One behind the last that counts. */
    int endRow() {
        return table == null ? window.top() + window.height() : table.end();
    }

    private int from(int row) {
        return table == null ? window.top() + row : table.first[row];
    }

    private int end(int row) {
        return table == null ? window.top() + row + 1 : table.first[row] + table.count[row];
    }

    /** Adds an old row wherever it counts; the adder is told the place of its weight in the table. */
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

    /** Hands over the new rows of which {@code y} was the last old one. */
    void take(int y, Taker<R> taker) {
        while (!open.isEmpty() && end(first) <= y + 1) {
            R sums = open.remove();
            taker.take(first++, sums);
            free.push(sums);
        }
    }
}
