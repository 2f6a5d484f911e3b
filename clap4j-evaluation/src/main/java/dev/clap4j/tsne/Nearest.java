package dev.clap4j.tsne;

import java.util.Arrays;

/** Selects the nearest of a stream of candidates. Ties keep their order. */
final class Nearest {
    private final int count;
    private final long[] best;
    private int size;
    private long limit = Long.MAX_VALUE;

    /** Creates a selection of the given size. */
    Nearest(int count) {
        this.count = count;
        this.best = new long[4 * count];
    }

    /** The numbers of the nearest other points, nearest first. */
    static int[] of(double[] squaredDistances, int self, int count) {
        Nearest nearest = new Nearest(count);
        for (int i = 0; i < squaredDistances.length; i++) {
            if (i != self) {
                nearest.add(i, squaredDistances[i]);
            }
        }
        return nearest.numbers();
    }

    /**
     * A candidate.
     *
     * @param squaredDistance not negative; told apart as precisely as a float can
     */
    void add(int number, double squaredDistance) {
        // Bits of floats that are not negative are ordered as the floats are.
        long key = (long) Float.floatToIntBits((float) squaredDistance) << Integer.SIZE | number;
        if (key < limit) {
            best[size++] = key;
            if (size == best.length) {
                shrink();
            }
        }
    }

    private void shrink() {
        Arrays.sort(best, 0, size);
        size = Math.min(size, count);
        limit = size == count ? best[count - 1] : Long.MAX_VALUE;
    }

    /** The numbers that stayed, nearest first. */
    int[] numbers() {
        shrink();
        return Arrays.stream(best, 0, size).mapToInt(key -> (int) key).toArray();
    }
}
