package dev.clap4j.internal.tokenizer.pipeline;

import dev.clap4j.internal.tokenizer.pattern.WordPattern;
import dev.clap4j.internal.tokenizer.unicode.Characters;
import java.util.BitSet;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** Finds added tokens in texts: the leftmost first, and the longest of those that start at the same position. */
final class TokenFinder {
    private final String[] contents; // sorted
    private final AddedToken[] tokens;
    private final BitSet first = new BitSet();

    /**
     * Creates a finder.
     *
     * @param all the tokens by their spelling in texts
     */
    TokenFinder(SortedMap<String, AddedToken> all) {
        contents = all.keySet().toArray(String[]::new);
        tokens = all.values().toArray(AddedToken[]::new);
        List.of(contents).forEach(content -> first.set(content.charAt(0)));
    }

    /** Splits a text into tokens and the text between them. */
    void cut(String text, Consumer<String> between, IntConsumer ids) {
        int done = 0;
        for (int i = 0; i < text.length(); i++) {
            int found = first.get(text.charAt(i)) ? longest(text, i) : -1;
            if (found < 0) {
                continue;
            }
            int next = i + contents[found].length();
            AddedToken token = tokens[found];
            if (!token.singleWord() || isWord(text, i, next)) {
                int begin = token.lstrip() ? Math.max(done, beginOfSpace(text, i)) : i;
                int end = token.rstrip() ? WordPattern.endOfRun(text, next, Characters::isSpace) : next;
                if (begin > done) {
                    between.accept(text.substring(done, begin));
                }
                // A token that was absorbed as white space by the one before is gone.
                if (begin < end) {
                    ids.accept(token.id());
                }
                done = end;
            }
            i = next - 1;
        }
        if (done < text.length()) {
            between.accept(text.substring(done));
        }
    }

    /** Returns the longest token that starts at a position, or -1, narrowing the sorted list character by character. */
    private int longest(String text, int begin) {
        int low = 0;
        int high = contents.length;
        int found = -1;
        for (int depth = 0; low < high; depth++) {
            if (contents[low].length() == depth) {
                found = low;
                low++;
            }
            if (begin + depth == text.length()) {
                break;
            }
            char c = text.charAt(begin + depth);
            low = lowest(low, high, depth, c);
            high = lowest(low, high, depth, c + 1);
        }
        return found;
    }

    /**
     * Returns the first of a range of contents whose character at a depth is at least {@code c}; all of them are long
     * enough.
     */
    private int lowest(int from, int to, int depth, int c) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (contents[middle].charAt(depth) < c) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static boolean isWord(String text, int begin, int end) {
        return (begin == 0 || !Characters.isWordOrJoiner(text.codePointBefore(begin)))
                && (end == text.length() || !Characters.isWordOrJoiner(text.codePointAt(end)));
    }

    private static int beginOfSpace(String text, int end) {
        int begin = end;
        while (begin > 0 && Characters.isSpace(text.charAt(begin - 1))) {
            begin--;
        }
        return begin;
    }
}
