package dev.clap4j.internal.tokenizer.pipeline;

import dev.clap4j.internal.tokenizer.pattern.WordPattern;
import dev.clap4j.internal.tokenizer.unicode.Characters;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** Finds added tokens in texts: the leftmost first, and the longest of those that start at the same position. */
final class TokenFinder {
    private final Prefixes contents;
    private final AddedToken[] tokens;

    /**
     * Creates a finder.
     *
     * @param all the tokens by their spelling in texts
     */
    TokenFinder(SortedMap<String, AddedToken> all) {
        contents = new Prefixes(all.keySet());
        tokens = all.values().toArray(AddedToken[]::new);
    }

    /** Splits a text into tokens and the text between them. */
    void cut(String text, Consumer<String> between, IntConsumer ids) {
        int done = 0;
        for (int i = 0; i < text.length(); i++) {
            int found = contents.mayBegin(text.charAt(i)) ? contents.longest(text, i) : -1;
            if (found < 0) {
                continue;
            }
            int next = i + contents.length(found);
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
