package dev.clap4j.internal.tokenizer.pipeline;

import java.util.Arrays;

/**
 * Padding of ids to the context length of the model.
 *
 * @param id the padding token
 * @param last how many of a text's last ids come after the padding instead of before it
 * @param hidesSpelled whether the mask leaves out padding tokens that a text spells, too
 */
public record Padding(int id, int last, boolean hidesSpelled) {
    /** The id of no token. */
    public static final int NONE = -1;

    /** Returns the ids with padding up to a length. */
    public int[] pad(int[] ids, int length) {
        int[] padded = new int[length];
        int first = ids.length - last;
        Arrays.fill(padded, id);
        System.arraycopy(ids, 0, padded, 0, first);
        System.arraycopy(ids, first, padded, length - last, last);
        return padded;
    }

    /** Returns which of the padded ids are not padding. */
    public boolean[] mask(int[] ids, int length) {
        boolean[] mask = new boolean[length];
        int[] padded = pad(ids, length);
        for (int i = 0; i < length; i++) {
            boolean text = i < ids.length - last || i >= length - last;
            mask[i] = hidesSpelled ? padded[i] != id : text;
        }
        return mask;
    }
}
