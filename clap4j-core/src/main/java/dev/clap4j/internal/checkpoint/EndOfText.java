package dev.clap4j.internal.checkpoint;

import dev.clap4j.ClapException;

/**
 * Where a text ends among its token ids: there the text encoder's output is taken.
 *
 * @param token the end token's id, or -1 if the end token is the one with the highest id
 */
public record EndOfText(int token) {
    private static final int HIGHEST = -1;

    /** OpenAI's rule: the end token has the highest id of the vocabulary, so it is where the highest id stands. */
    public static EndOfText atHighestId() {
        return new EndOfText(HIGHEST);
    }

    /** The rule of vocabularies with tokens beyond the end token's: the first place of that id. */
    public static EndOfText atFirst(int token) {
        return new EndOfText(token);
    }

    /** Whether the end token is the one with the highest id. */
    public boolean isHighestId() {
        return token == HIGHEST;
    }

    /**
     * The end token's position.
     *
     * @param ids the ids of one text, padded or not
     * @throws ClapException if there is no end token among them
     */
    public int position(int[] ids) {
        int best = -1;
        for (int i = 0; i < ids.length; i++) {
            if (token == HIGHEST ? best < 0 || ids[i] > ids[best] : best < 0 && ids[i] == token) {
                best = i;
            }
        }
        if (best < 0) {
            throw new ClapException("A text of " + ids.length + " token ids has no end token"
                    + (token == HIGHEST ? "" : ", whose id is " + token) + "; every text must end with it");
        }
        return best;
    }
}
