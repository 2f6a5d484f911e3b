package dev.clap4j.internal.tokenizer.pipeline;

import java.util.Arrays;

/** From two neighbouring tokens to the token that they become, and how early. A hash table without objects. */
final class MergeTable {
    /** Stands for a pair that is not merged. */
    static final int NONE = -1;

    private static final long FREE = -1;

    private final long[] pairs;
    private final int[] ranks;
    private final int[] results;
    private final int[] resultsByRank;

    /** A table with room for so many merges. */
    MergeTable(int merges) {
        int slots = Integer.highestOneBit(Math.max(merges, 1)) * 4;
        pairs = new long[slots];
        Arrays.fill(pairs, FREE);
        ranks = new int[slots];
        results = new int[slots];
        resultsByRank = new int[merges];
    }

    /** Adds a merge, whose rank is below the number of merges; a later one of the same pair replaces an earlier. */
    void put(int left, int right, int rank, int result) {
        int slot = slot(left, right);
        pairs[slot] = pair(left, right);
        ranks[slot] = rank;
        results[slot] = result;
        resultsByRank[rank] = result;
    }

    /** The slot of a pair, or {@link #NONE}. */
    int find(int left, int right) {
        int slot = slot(left, right);
        return pairs[slot] == FREE ? NONE : slot;
    }

    /** The rank of a merge; lower is earlier. */
    int rank(int slot) {
        return ranks[slot];
    }

    /** The token that a pair becomes. */
    int result(int slot) {
        return results[slot];
    }

    /** The token that the merge of a rank makes. */
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
