package dev.clap4j.internal.tokenizer.pipeline;

import java.util.stream.IntStream;

/**
 * The tokens added around those of a text.
 *
 * @param before the ids at the beginning
 * @param after the ids at the end
 */
public record Ends(int[] before, int[] after) {
    /** No tokens. */
    static final Ends NONE = new Ends(new int[0], new int[0]);

    /** Creates a start and an end token. */
    public static Ends of(int start, int end) {
        return new Ends(new int[] {start}, new int[] {end});
    }

    boolean isNone() {
        return count() == 0;
    }

    /** Returns the number of tokens. */
    public int count() {
        return before.length + after.length;
    }

    /**
     * Puts these tokens around a text's ids.
     *
     * @param body the ids of the text, which are truncated at their end if necessary
     * @param most the maximum number of ids in all
     */
    public int[] around(int[] body, int most) {
        int[] ids = new int[Math.min(most, body.length + count())];
        System.arraycopy(before, 0, ids, 0, before.length);
        System.arraycopy(body, 0, ids, before.length, ids.length - count());
        System.arraycopy(after, 0, ids, ids.length - after.length, after.length);
        return ids;
    }

    /** Puts other tokens around these. */
    Ends within(Ends outer) {
        return new Ends(
                IntStream.concat(IntStream.of(outer.before), IntStream.of(before))
                        .toArray(),
                IntStream.concat(IntStream.of(after), IntStream.of(outer.after)).toArray());
    }
}
