package dev.clap4j.internal.clip;

import java.util.Arrays;
import java.util.stream.Stream;

/**
 * One text for the text encoder: token ids, some of whose places may hold vectors that are no token's.
 *
 * @param ids start token, text, end token; places of context vectors hold {@link #CONTEXT}
 * @param context the context vectors in the order of their places, each as wide as a token embedding; empty if none
 */
public record TokenSequence(int[] ids, float[][] context) {
    /** Marks a place whose embedding is the next context vector. */
    public static final int CONTEXT = -1;

    /**
     * Checks that there is a vector for every marked place.
     *
     * @throws IllegalArgumentException if there is not
     */
    public TokenSequence {
        long places = Arrays.stream(ids).filter(id -> id == CONTEXT).count();
        if (places != context.length) {
            throw new IllegalArgumentException(places + " context places, but " + context.length + " vectors");
        }
    }

    /** A text without context vectors. */
    public static TokenSequence of(int[] ids) {
        return new TokenSequence(ids, new float[0][]);
    }

    /**
     * A text with context vectors among its tokens, see {@link #with}.
     *
     * @param ids start token, text, end token
     */
    public static TokenSequence withContext(int[] ids, float[][] context, ContextPosition position, int contextLength) {
        return of(ids).with(context, position, contextLength);
    }

    /**
     * The same text with more context vectors among its tokens. Where that makes it too long, its last tokens before the
     * end token give way.
     *
     * @param more the vectors
     * @param position where they stand
     * @param contextLength the longest sequence the model takes
     */
    public TokenSequence with(float[][] more, ContextPosition position, int contextLength) {
        int count = more.length;
        int text = Math.min(ids.length - 2, contextLength - 2 - count);
        if (text < 0) {
            throw new IllegalArgumentException(count + " context vectors do not fit into " + contextLength + " tokens");
        }
        int before =
                switch (position) {
                    case FRONT -> count;
                    case MIDDLE -> count / 2;
                    case END -> 0;
                };
        int[] mixed = new int[text + count + 2];
        Arrays.fill(mixed, CONTEXT);
        mixed[0] = ids[0];
        System.arraycopy(ids, 1, mixed, 1 + before, text);
        mixed[mixed.length - 1] = ids[ids.length - 1];
        long kept = Arrays.stream(ids, 1, 1 + text).filter(id -> id == CONTEXT).count();
        Stream<float[]> vectors = Stream.of(
                        Arrays.stream(more, 0, before),
                        Arrays.stream(context).limit(kept),
                        Arrays.stream(more, before, count))
                .flatMap(part -> part);
        return new TokenSequence(mixed, vectors.toArray(float[][]::new));
    }

    /** The number of places, start and end token included. */
    public int length() {
        return ids.length;
    }
}
