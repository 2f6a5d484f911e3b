package dev.clap4j.internal.clip;

import java.util.Arrays;
import java.util.stream.Stream;

/**
 * A text for the text encoder: token ids, where some positions may hold context vectors instead of tokens.
 *
 * @param ids start token, text, end token; positions of context vectors hold {@link #CONTEXT}
 * @param context the context vectors in the order of their positions, each as wide as a token embedding; may be empty
 */
public record TokenSequence(int[] ids, float[][] context) {
    /** Marks a position whose embedding is the next context vector. */
    public static final int CONTEXT = -1;

    /**
     * Checks that there is one vector for every marked position.
     *
     * @throws IllegalArgumentException if there is not
     */
    public TokenSequence {
        long places = Arrays.stream(ids).filter(id -> id == CONTEXT).count();
        if (places != context.length) {
            throw new IllegalArgumentException(places + " context places, but " + context.length + " vectors");
        }
    }

    /** Returns a text without context vectors. */
    public static TokenSequence of(int[] ids) {
        return new TokenSequence(ids, new float[0][]);
    }

    /**
     * Returns a text with context vectors among its tokens, see {@link #with}.
     *
     * @param ids start token, text, end token
     */
    public static TokenSequence withContext(int[] ids, float[][] context, ContextPosition position, int contextLength) {
        return of(ids).with(context, position, contextLength);
    }

    /**
     * Returns this text with additional context vectors among its tokens. If it becomes too long, its last tokens
     * before the end token are dropped.
     *
     * @param more the vectors
     * @param position where to insert them
     * @param contextLength the maximum length of a sequence
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

    /** Returns the number of positions, including start and end token. */
    public int length() {
        return ids.length;
    }
}
