package dev.clap4j.internal.checkpoint;

import dev.clap4j.ClapException;
import java.util.Arrays;

/**
 * The rule for finding the end of a text among its token ids. In a causal model, the text encoder's output is read there.
 *
 * @param rule the rule
 * @param token the id that it refers to, -1 if none
 */
public record EndOfText(Rule rule, int token) {
    /** The rules. */
    public enum Rule {
        /** The position of the highest id. */
        HIGHEST,
        /** The first position of a token. */
        FIRST,
        /** The position before the padding. */
        BEFORE_PADDING
    }

    private static final EndOfText AT_HIGHEST = new EndOfText(Rule.HIGHEST, -1);

    /**
     * Returns OpenAI's rule: the end token has the highest id of the vocabulary, so the position of the highest id is
     * used.
     */
    public static EndOfText atHighestId() {
        return AT_HIGHEST;
    }

    /** Returns the rule for vocabularies with ids above that of the end token: its first position is used. */
    public static EndOfText atFirst(int token) {
        return new EndOfText(Rule.FIRST, token);
    }

    /** Returns the rule for models that read whole texts: these end where padding with a token begins. */
    public static EndOfText beforePadding(int token) {
        return new EndOfText(Rule.BEFORE_PADDING, token);
    }

    /** Returns whether the end token is the one with the highest id. */
    public boolean isHighestId() {
        return rule == Rule.HIGHEST;
    }

    /**
     * Returns the position of the end token.
     *
     * @param ids the ids of one text, padded or not
     * @throws ClapException if there is no end token among them
     */
    public int position(int[] ids) {
        if (rule == Rule.BEFORE_PADDING) {
            int end = ids.length - 1;
            while (end > 0 && ids[end] == token) {
                end--;
            }
            return end;
        }
        int best = -1;
        for (int i = 0; i < ids.length; i++) {
            if (rule == Rule.HIGHEST ? best < 0 || ids[i] > ids[best] : best < 0 && ids[i] == token) {
                best = i;
            }
        }
        if (best < 0) {
            throw new ClapException("A text of " + ids.length + " token ids has no end token"
                    + (rule == Rule.HIGHEST ? "" : ", whose id is " + token) + "; every text must end with it");
        }
        return best;
    }

    /**
     * Returns the ids up to the end token.
     *
     * @param ids the ids of one text as a tokenizer makes them, without padding
     * @throws ClapException if there is no end token among them
     */
    public int[] upToEnd(int[] ids) {
        return rule == Rule.BEFORE_PADDING ? ids : Arrays.copyOf(ids, position(ids) + 1);
    }

    /** Returns the rule in words for digests, as in earlier versions where there were two rules. */
    @Override
    public String toString() {
        return rule == Rule.BEFORE_PADDING ? "EndOfText[before=" + token + "]" : "EndOfText[token=" + token + "]";
    }
}
