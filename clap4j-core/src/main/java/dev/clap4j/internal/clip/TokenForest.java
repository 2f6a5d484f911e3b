package dev.clap4j.internal.clip;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The tokens of texts with common prefixes, each token once, in depth-first order: a token attends to its ancestors,
 * which precede it.
 *
 * @param tokens their numbers in {@link NumberedTexts}
 * @param parents the position of each token's parent, or {@link #NONE}
 * @param depths the number of ancestors of each token
 * @param texts the indices of the texts
 * @param ends the position of each text's last token
 */
record TokenForest(int[] tokens, int[] parents, int[] depths, int[] texts, int[] ends) {
    /** The parent of a root token. */
    static final int NONE = -1;

    /**
     * Splits texts into forests of limited size. Prefixes shared by texts in different forests are repeated in each.
     *
     * @param capacity the maximum number of tokens per forest; only a single text may have more
     */
    static List<TokenForest> plant(NumberedTexts texts, int capacity) {
        List<TokenForest> forests = new ArrayList<>();
        int[] order = texts.sorted();
        for (int start = 0, end; start < order.length; start = end) {
            int size = texts.tokens(order[start]).length;
            end = start + 1;
            while (end < order.length && size + unshared(texts, order, end) <= capacity) {
                size += unshared(texts, order, end++);
            }
            forests.add(of(texts, Arrays.copyOfRange(order, start, end), size));
        }
        return forests;
    }

    /** Returns the number of tokens of a text that it does not share with the preceding text. */
    private static int unshared(NumberedTexts texts, int[] order, int i) {
        int[] tokens = texts.tokens(order[i]);
        return tokens.length - shared(texts.tokens(order[i - 1]), tokens);
    }

    private static int shared(int[] one, int[] other) {
        int mismatch = Arrays.mismatch(one, other);
        return mismatch < 0 ? one.length : mismatch;
    }

    private static TokenForest of(NumberedTexts all, int[] texts, int size) {
        TokenForest forest = new TokenForest(new int[size], new int[size], new int[size], texts, new int[texts.length]);
        int[] before = {};
        int[] path = {};
        int place = 0;
        for (int i = 0; i < texts.length; i++) {
            int[] tokens = all.tokens(texts[i]);
            int shared = shared(before, tokens);
            path = Arrays.copyOf(path, tokens.length);
            for (int depth = shared; depth < tokens.length; depth++) {
                forest.tokens[place] = tokens[depth];
                forest.parents[place] = depth == 0 ? NONE : path[depth - 1];
                forest.depths[place] = depth;
                path[depth] = place++;
            }
            forest.ends[i] = path[tokens.length - 1];
            before = tokens;
        }
        return forest;
    }

    /** Returns the number of tokens. */
    int size() {
        return tokens.length;
    }
}
