package dev.clap4j.internal.tokenizer.pipeline;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The tokens added around those of a text.
 *
 * @param before the ids at the beginning
 * @param after the ids at the end
 * @param once whether a text that already ends with the last of them gets them no second time
 */
public record Ends(int[] before, int[] after, boolean once) {
    /** No tokens. */
    public static final Ends NONE = new Ends(new int[0], new int[0]);

    /** Creates ends that every text gets. */
    public Ends(int[] before, int[] after) {
        this(before, after, false);
    }

    /** Creates a start and an end token. */
    public static Ends of(int start, int end) {
        return new Ends(new int[] {start}, new int[] {end});
    }

    /** Returns whether there are no tokens. */
    public boolean isNone() {
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
        int rest = Math.min(body.length, most - count());
        if (once && rest > 0 && body[rest - 1] == after[after.length - 1]) {
            return new Ends(before, new int[0]).around(body, before.length + rest);
        }
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

    @Override
    public String toString() {
        return "ends " + Arrays.toString(before) + " " + Arrays.toString(after) + (once ? " once" : "");
    }
}
