package dev.clap4j.internal.nn;

import java.util.function.UnaryOperator;

/**
 * A batch of texts.
 *
 * @param embedded token embeddings {@code [b, n, width]}, n at most the context length
 * @param ends the position of each text's end token, {@code [b]}
 * @param mask what each token attends to, {@code [b, n, n]} or {@code [b, 1, n]}, see {@link TensorOps#maskedAttention}; null if no text has
 *     padding that it must not attend to
 * @param shares each token's share of the mean over a text, {@code [b, 1, n]}; null if all are equal
 */
public record TextBatch<T>(T embedded, T ends, T mask, T shares) {
    /** Creates a batch of texts of one length, or whose padding needs no mask. */
    public static <T> TextBatch<T> of(T embedded, T ends) {
        return new TextBatch<>(embedded, ends, null, null);
    }

    /** Maps tokens by a block of a transformer. */
    T through(TransformerBlock block, TensorOps<T> ops, Weights<T> w, T x) {
        return mask == null ? block.forward(ops, w, x) : block.masked(ops, w, x, mask);
    }

    /**
     * Maps tokens that attend to all by the last block of a transformer, of which one token is read.
     *
     * @param reading selects that token of each text
     * @return {@code [b, 1, width]}
     */
    T read(TransformerBlock block, TensorOps<T> ops, Weights<T> w, T x, UnaryOperator<T> reading) {
        return block.read(ops, w, x, RotaryEmbedding.none(), mask, reading);
    }

    /** Returns the mean of tokens {@code [b, n, width]} over each text, {@code [b, 1, width]}. */
    T mean(TensorOps<T> ops, T x) {
        return shares == null ? ops.mean(x, 1) : ops.matmul(shares, x);
    }
}
