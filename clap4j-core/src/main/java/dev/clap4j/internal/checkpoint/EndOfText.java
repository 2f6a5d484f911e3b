package dev.clap4j.internal.checkpoint;

import dev.clap4j.ClapException;

/** The rule for finding the end of a text among its token ids, at whose position the text encoder's output is read. */
public record EndOfText(int token) {
    private static final int HIGHEST = -1;

    /**
     * Returns OpenAI's rule: the end token has the highest id of the vocabulary, so the position of the highest id is
     * used.
     */
    public static EndOfText atHighestId() {
        return new EndOfText(HIGHEST);
    }

    /** Returns the rule for vocabularies with ids above that of the end token: its first position is used. */
    public static EndOfText atFirst(int token) {
        return new EndOfText(token);
    }

    /** Returns whether the end token is the one with the highest id. */
    public boolean isHighestId() {
        return token == HIGHEST;
    }

    /**
     * Returns the position of the end token.
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
