package dev.clap4j.internal.tokenizer.pipeline;

import dev.clap4j.internal.tokenizer.pattern.WordPattern;
import dev.clap4j.internal.tokenizer.unicode.Characters;
import java.util.BitSet;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** Finds added tokens in texts: the leftmost first, and of several that begin there the longest. */
final class TokenFinder {
    private final String[] contents; // sorted
    private final AddedToken[] tokens;
    private final BitSet first = new BitSet();

    /**
     * A finder of tokens.
     *
     * @param all by how they are written in the texts
     */
    TokenFinder(SortedMap<String, AddedToken> all) {
        contents = all.keySet().toArray(String[]::new);
        tokens = all.values().toArray(AddedToken[]::new);
        List.of(contents).forEach(content -> first.set(content.charAt(0)));
    }

    /** Hands out the tokens of a text, and what lies between them. */
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
                // Nothing is left of a token that was swallowed as white space behind another.
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

    /** The longest token that begins at a position, or -1: the sorted list is narrowed character by character. */
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

    /** The first of a range of contents whose character at a depth is no less than one; all of them reach so deep. */
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
