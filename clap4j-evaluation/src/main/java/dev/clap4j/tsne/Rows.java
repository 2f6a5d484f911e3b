package dev.clap4j.tsne;

import java.util.function.IntConsumer;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Work on many rows by all processors, of which none sees another's result: how many there are makes no difference. */
final class Rows {
    /** Below this many rows, threads do not pay off. */
    private static final int FEW = 512;

    private Rows() {}

    /** Does the work on each row, in any order. */
    static void each(int rows, IntConsumer work) {
        IntStream all = IntStream.range(0, rows);
        (rows <= FEW ? all : all.parallel()).forEach(work);
    }

    /** Adds up what is computed of each row, from the first to the last. */
    static double sum(int rows, IntToDoubleFunction work) {
        double[] parts = new double[rows];
        each(rows, i -> parts[i] = work.applyAsDouble(i));
        double sum = 0;
        for (double part : parts) {
            sum += part;
        }
        return sum;
    }
}
