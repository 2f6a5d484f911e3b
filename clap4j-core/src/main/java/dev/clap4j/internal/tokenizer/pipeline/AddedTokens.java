package dev.clap4j.internal.tokenizer.pipeline;

import dev.clap4j.ClapException;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** The added tokens of a tokenizer, and the normalizer of the text between them. */
final class AddedTokens {
    /** A limit far above the length of any real token, since normalization could expand a token to gigabytes. */
    private static final int LONGEST_NORMALIZED = 5000;

    private final TokenFinder raw;
    private final TokenFinder normalized;
    private final Normalizer normalizer;

    AddedTokens(List<AddedToken> tokens, Normalizer normalizer) {
        TreeMap<String, AddedToken> found = new TreeMap<>();
        TreeMap<String, AddedToken> foundNormalized = new TreeMap<>();
        for (AddedToken token : tokens) {
            if (token.normalized()) {
                foundNormalized.put(normalized(token, normalizer), token);
            } else {
                found.put(token.content(), token);
            }
        }
        foundNormalized.remove("");
        this.raw = new TokenFinder(found);
        this.normalized = new TokenFinder(foundNormalized);
        this.normalizer = normalizer;
    }

    private static String normalized(AddedToken token, Normalizer normalizer) {
        String content = normalizer.apply(token.content());
        if (content.length() > LONGEST_NORMALIZED) {
            throw new ClapException("The normalizer makes " + content.length() + " characters of the added token \""
                    + token.content() + "\"; the limit is " + LONGEST_NORMALIZED);
        }
        return content;
    }

    /** Returns whether the normalizer keeps the first character of a text. */
    boolean keepsFirst(String text) {
        if (!normalizer.cutsBeginning()) {
            return true;
        }
        String first = text.isEmpty() ? "" : Character.toString(text.codePointAt(0));
        return !normalizer.apply(first + "x").equals(normalizer.apply("x"));
    }

    /**
     * Splits a text at the added tokens.
     *
     * @param between receives the text between the tokens, normalized and not empty
     * @param ids receives the ids of the tokens, in order with the text between them
     */
    void cut(String text, Consumer<String> between, IntConsumer ids) {
        raw.cut(text, piece -> normalized.cut(normalizer.apply(piece), between, ids), ids);
    }
}
