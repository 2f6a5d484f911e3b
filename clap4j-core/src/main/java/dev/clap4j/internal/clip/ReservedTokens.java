package dev.clap4j.internal.clip;

import dev.clap4j.internal.tokenizer.ClipTokenizer;

/**
 * The tokens that a tokenizer adds around every text, such as a start and an end token, or the code of a language.
 *
 * @param before the number of tokens before the text; none in SigLIP
 * @param after the number of tokens after it
 */
public record ReservedTokens(int before, int after) {
    /** CLIP's: a start and an end token. */
    public static final ReservedTokens CLIP = new ReservedTokens(1, 1);

    static ReservedTokens of(ClipTokenizer tokenizer) {
        return new ReservedTokens(tokenizer.tokensBefore(), tokenizer.tokensAfter());
    }

    /** Returns the number of tokens before and after. */
    public int count() {
        return before + after;
    }
}
