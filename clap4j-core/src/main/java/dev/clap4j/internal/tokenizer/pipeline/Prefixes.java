package dev.clap4j.internal.tokenizer.pipeline;

import java.util.Collection;
import java.util.function.IntConsumer;

/** A sorted list of texts, searched for those that begin at a position of another text. */
final class Prefixes {
    private final String[] sorted;

    /** For every first character the start of its range in the list; one more ends the last range. */
    private final int[] ranges;

    /**
     * Creates a list.
     *
     * @param sorted distinct texts in the order of {@link String#compareTo}, none of them empty
     */
    Prefixes(Collection<String> sorted) {
        this.sorted = sorted.toArray(String[]::new);
        int last = this.sorted.length == 0 ? 0 : this.sorted[this.sorted.length - 1].charAt(0);
        ranges = new int[last + 2];
        int at = 0;
        for (int c = 0; c < ranges.length; c++) {
            while (at < this.sorted.length && this.sorted[at].charAt(0) < c) {
                at++;
            }
            ranges[c] = at;
        }
    }

    /** Returns the length of a text of the list. */
    int length(int index) {
        return sorted[index].length();
    }

    /** Returns whether a text of the list begins with a character. */
    boolean mayBegin(char first) {
        return first < ranges.length - 1 && ranges[first] < ranges[first + 1];
    }

    /** Returns the index of the longest text that begins at a position, or -1. */
    int longest(String text, int begin) {
        int[] found = {-1};
        forEach(text, begin, index -> found[0] = index);
        return found[0];
    }

    /** Returns whether a text, which is not empty, is one of the list. */
    boolean isWhole(String text) {
        int found = longest(text, 0);
        return found >= 0 && sorted[found].length() == text.length();
    }

    /** Finds the texts that begin at a position, the shortest first, and passes on their indices in the list. */
    void forEach(String text, int begin, IntConsumer found) {
        char first = text.charAt(begin);
        if (!mayBegin(first)) {
            return;
        }
        int low = ranges[first];
        int high = ranges[first + 1];
        for (int depth = 1; low < high; depth++) {
            if (sorted[low].length() == depth) {
                found.accept(low++);
            }
            if (begin + depth == text.length()) {
                return;
            }
            char c = text.charAt(begin + depth);
            low = lowest(low, high, depth, c);
            high = lowest(low, high, depth, c + 1);
        }
    }

    /**
     * Returns the first of a range of texts whose character at a depth is at least {@code c}; all of them are long
     * enough.
     */
    private int lowest(int from, int to, int depth, int c) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle].charAt(depth) < c) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
