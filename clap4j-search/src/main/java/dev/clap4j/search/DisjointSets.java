package dev.clap4j.search;

import java.util.stream.IntStream;

/** Numbers in sets that are united (union-find). */
final class DisjointSets {
    private final int[] parents;

    /** Puts each number below {@code n} into a set of its own. */
    DisjointSets(int n) {
        parents = IntStream.range(0, n).toArray();
    }

    /** Returns the number that stands for the set of another one, the smallest in it. */
    int find(int number) {
        int root = number;
        while (parents[root] != root) {
            parents[root] = parents[parents[root]];
            root = parents[root];
        }
        return root;
    }

    /** Unites the sets of two numbers. */
    void unite(int one, int other) {
        int a = find(one);
        int b = find(other);
        parents[Math.max(a, b)] = Math.min(a, b);
    }
}
