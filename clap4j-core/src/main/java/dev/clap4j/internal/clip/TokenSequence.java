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
     * Returns this text with additional context vectors among its tokens, between a start and an end token. If it becomes
     * too long, its last tokens before the end token are dropped.
     *
     * @param more the vectors
     * @param position where to insert them
     * @param contextLength the maximum length of a sequence
     */
    public TokenSequence with(float[][] more, ContextPosition position, int contextLength) {
        return with(more, position, contextLength, ReservedTokens.CLIP);
    }

    /**
     * Returns this text with additional context vectors among its tokens. If it becomes too long, its last tokens
     * before the reserved ones are dropped.
     *
     * @param more the vectors
     * @param position where to insert them
     * @param contextLength the maximum length of a sequence
     * @param reserved the tokens around the text, which stay at its ends
     */
    public TokenSequence with(float[][] more, ContextPosition position, int contextLength, ReservedTokens reserved) {
        int count = more.length;
        int first = reserved.before();
        int text = Math.min(ids.length - reserved.count(), contextLength - reserved.count() - count);
        if (text < 0) {
            throw new IllegalArgumentException(count + " context vectors do not fit into " + contextLength + " tokens");
        }
        int before =
                switch (position) {
                    case FRONT -> count;
                    case MIDDLE -> count / 2;
                    case END -> 0;
                };
        int[] mixed = new int[text + count + reserved.count()];
        Arrays.fill(mixed, CONTEXT);
        System.arraycopy(ids, 0, mixed, 0, first);
        System.arraycopy(ids, first, mixed, first + before, text);
        System.arraycopy(ids, ids.length - reserved.after(), mixed, mixed.length - reserved.after(), reserved.after());
        long kept = Arrays.stream(ids, first, first + text)
                .filter(id -> id == CONTEXT)
                .count();
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
