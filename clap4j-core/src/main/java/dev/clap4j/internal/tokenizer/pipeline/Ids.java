package dev.clap4j.internal.tokenizer.pipeline;

import java.util.Arrays;

/** A growing list of token ids. */
final class Ids {
    private int[] ids = new int[32];
    private int size;

    void add(int id) {
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, 2 * size);
        }
        ids[size++] = id;
    }

    void addAll(int[] more) {
        if (size + more.length > ids.length) {
            ids = Arrays.copyOf(ids, Math.max(2 * ids.length, size + more.length));
        }
        System.arraycopy(more, 0, ids, size, more.length);
        size += more.length;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Returns the ids, the last one first. */
    int[] reversed() {
        int[] reversed = new int[size];
        for (int i = 0; i < size; i++) {
            reversed[i] = ids[size - 1 - i];
        }
        return reversed;
    }

    int[] toArray() {
        return Arrays.copyOf(ids, size);
    }
}
