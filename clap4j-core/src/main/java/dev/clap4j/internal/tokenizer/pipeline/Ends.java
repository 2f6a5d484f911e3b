package dev.clap4j.internal.tokenizer.pipeline;

import java.util.stream.IntStream;

/**
 * The tokens that are put around a text's own.
 *
 * @param before the ids at the beginning
 * @param after the ids at the end
 */
public record Ends(int[] before, int[] after) {
    /** No tokens. */
    static final Ends NONE = new Ends(new int[0], new int[0]);

    /** A start and an end token. */
    public static Ends of(int start, int end) {
        return new Ends(new int[] {start}, new int[] {end});
    }

    boolean isNone() {
        return count() == 0;
    }

    /** The number of tokens. */
    public int count() {
        return before.length + after.length;
    }

    /**
     * A text's ids with these around them.
     *
     * @param most ids at most, of which those of the text are cut off at their end
     */
    public int[] around(int[] body, int most) {
        int[] ids = new int[Math.min(most, body.length + count())];
        System.arraycopy(before, 0, ids, 0, before.length);
        System.arraycopy(body, 0, ids, before.length, ids.length - count());
        System.arraycopy(after, 0, ids, ids.length - after.length, after.length);
        return ids;
    }

    /** These, with others around them. */
    Ends within(Ends outer) {
        return new Ends(
                IntStream.concat(IntStream.of(outer.before), IntStream.of(before))
                        .toArray(),
                IntStream.concat(IntStream.of(after), IntStream.of(outer.after)).toArray());
    }
}
