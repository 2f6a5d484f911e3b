package dev.clap4j.tokenizer.pipeline;

import java.util.PriorityQueue;

/**
 * The merging of one piece's tokens: of all neighbours that can be merged, the pair with the lowest rank is, and of equal ones
 * the leftmost, again and again. Takes n log n steps for n tokens.
 */
final class Merging {
    private static final int NOTHING = -1;

    private final MergeTable table;
    private final int[] tokens;
    private final int[] previous;
    private final int[] next;
    private final PriorityQueue<Candidate> queue = new PriorityQueue<>();

    /** Two neighbours that were to become a token when this was noted. */
    private record Candidate(int rank, int position, int result) implements Comparable<Candidate> {
        @Override
        public int compareTo(Candidate other) {
            return rank == other.rank ? Integer.compare(position, other.position) : Integer.compare(rank, other.rank);
        }
    }

    private Merging(MergeTable table, int[] tokens) {
        this.table = table;
        this.tokens = tokens;
        this.previous = new int[tokens.length];
        this.next = new int[tokens.length];
        for (int i = 0; i < tokens.length; i++) {
            previous[i] = i - 1;
            next[i] = i + 1 < tokens.length ? i + 1 : NOTHING;
        }
    }

    /**
     * What tokens become.
     *
     * @param tokens the smallest ones; their array is used
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
            queue.add(new Candidate(table.rank(slot), position, table.result(slot)));
        }
    }

    private int[] run() {
        int count = tokens.length;
        while (!queue.isEmpty()) {
            Candidate best = queue.remove();
            if (isStillThere(best)) {
                join(best);
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

    private boolean isStillThere(Candidate candidate) {
        int position = candidate.position;
        if (tokens[position] == NOTHING || next[position] == NOTHING) {
            return false;
        }
        int slot = table.find(tokens[position], tokens[next[position]]);
        return slot != MergeTable.NONE && table.result(slot) == candidate.result;
    }

    private void join(Candidate candidate) {
        int left = candidate.position;
        int right = next[left];
        tokens[left] = candidate.result;
        tokens[right] = NOTHING;
        next[left] = next[right];
        if (next[left] != NOTHING) {
            previous[next[left]] = left;
        }
        offer(previous[left]);
        offer(left);
    }
}
