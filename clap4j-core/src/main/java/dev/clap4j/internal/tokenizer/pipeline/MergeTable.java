package dev.clap4j.internal.tokenizer.pipeline;

import java.util.Arrays;

/** Maps pairs of adjacent tokens to the merged token and its rank. A hash table of primitives. */
final class MergeTable {
    /** Marks a pair that is not merged. */
    static final int NONE = -1;

    private static final long FREE = -1;

    private final long[] pairs;
    private final int[] ranks;
    private final int[] results;
    private final int[] resultsByRank;

    /** Creates a table with the given capacity. */
    MergeTable(int merges) {
        int slots = Integer.highestOneBit(Math.max(merges, 1)) * 4;
        pairs = new long[slots];
        Arrays.fill(pairs, FREE);
        ranks = new int[slots];
        results = new int[slots];
        resultsByRank = new int[merges];
    }

    /** Adds a merge, whose rank is less than the capacity; it replaces an earlier one of the same pair. */
    void put(int left, int right, int rank, int result) {
        int slot = slot(left, right);
        pairs[slot] = pair(left, right);
        ranks[slot] = rank;
        results[slot] = result;
        resultsByRank[rank] = result;
    }

    /** Returns the slot of a pair, or {@link #NONE}. */
    int find(int left, int right) {
        int slot = slot(left, right);
        return pairs[slot] == FREE ? NONE : slot;
    }

    /** Returns the rank of a merge; lower ranks come first. */
    int rank(int slot) {
        return ranks[slot];
    }

    /** Returns the merged token of a pair. */
    int result(int slot) {
        return results[slot];
    }

    /** Returns the merged token of a rank. */
    int resultOf(int rank) {
        return resultsByRank[rank];
    }

    private static long pair(int left, int right) {
        return ((long) left << 32) | right;
    }

    private int slot(int left, int right) {
        long pair = pair(left, right);
        long mixed = pair * 0x9E3779B97F4A7C15L;
        int slot = (int) (mixed >>> 33) & (pairs.length - 1);
        while (pairs[slot] != FREE && pairs[slot] != pair) {
            slot = (slot + 1) & (pairs.length - 1);
        }
        return slot;
    }
}
