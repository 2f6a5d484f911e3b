package dev.clap4j.internal.tokenizer.pipeline;

import java.util.Arrays;

/**
 * Merges the tokens of one piece: repeatedly the adjacent pair with the lowest rank, the leftmost of equals. Takes n
 * log n steps for n tokens.
 */
final class Merging {
    private static final int NOTHING = -1;

    private final MergeTable table;
    private final int[] tokens;
    private final int[] previous;
    private final int[] next;
    private final Candidates candidates;

    private Merging(MergeTable table, int[] tokens) {
        this.table = table;
        this.tokens = tokens;
        this.previous = new int[tokens.length];
        this.next = new int[tokens.length];
        this.candidates = new Candidates(tokens.length);
        for (int i = 0; i < tokens.length; i++) {
            previous[i] = i - 1;
            next[i] = i + 1 < tokens.length ? i + 1 : NOTHING;
        }
    }

    /**
     * Merges tokens.
     *
     * @param tokens the initial tokens; the array is reused
     */
    static int[] merge(MergeTable table, int[] tokens) {
        Merging merging = new Merging(table, tokens);
        for (int i = 0; i + 1 < tokens.length; i++) {
            merging.offer(i);
        }
        return merging.run();
    }

    private void offer(int position) {
        if (position == NOTHING || next[position] == NOTHING) {
            return;
        }
        int slot = table.find(tokens[position], tokens[next[position]]);
        if (slot != MergeTable.NONE) {
            candidates.add(((long) table.rank(slot) << 32) | position);
        }
    }

    private int[] run() {
        int count = tokens.length;
        while (candidates.size > 0) {
            long best = candidates.remove();
            int position = (int) best;
            int result = table.resultOf((int) (best >> 32));
            if (isStillThere(position, result)) {
                join(position, result);
                count--;
            }
        }
        int[] merged = new int[count];
        int place = 0;
        for (int i = 0; place < count; i = next[i]) {
            merged[place++] = tokens[i];
        }
        return merged;
    }

    private boolean isStillThere(int position, int result) {
        if (tokens[position] == NOTHING || next[position] == NOTHING) {
            return false;
        }
        int slot = table.find(tokens[position], tokens[next[position]]);
        return slot != MergeTable.NONE && table.result(slot) == result;
    }

    private void join(int left, int result) {
        int right = next[left];
        tokens[left] = result;
        tokens[right] = NOTHING;
        next[left] = next[right];
        if (next[left] != NOTHING) {
            previous[next[left]] = left;
        }
        offer(previous[left]);
        offer(left);
    }

    /** Candidate pairs at the time they were found, as rank and position; a min-heap. */
    private static final class Candidates {
        private long[] items;
        private int size;

        Candidates(int capacity) {
            items = new long[Math.max(capacity, 1)];
        }

        void add(long item) {
            if (size == items.length) {
                items = Arrays.copyOf(items, 2 * size);
            }
            int place = size++;
            while (place > 0 && items[(place - 1) / 2] > item) {
                items[place] = items[(place - 1) / 2];
                place = (place - 1) / 2;
            }
            items[place] = item;
        }

        long remove() {
            long least = items[0];
            long last = items[--size];
            int place = 0;
            for (int child = 1; child < size; child = 2 * place + 1) {
                if (child + 1 < size && items[child + 1] < items[child]) {
                    child++;
                }
                if (items[child] >= last) {
                    break;
                }
                items[place] = items[child];
                place = child;
            }
            items[place] = last;
            return least;
        }
    }
}
