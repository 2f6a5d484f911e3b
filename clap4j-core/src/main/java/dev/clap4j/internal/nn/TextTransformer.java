package dev.clap4j.internal.nn;

/**
 * CLIP's causal text transformer (Radford et al. 2021, section 2.4), from token embeddings on.
 *
 * <p>Token embeddings are looked up by the caller, who can mix in other vectors (CLAP's Gaussian context). Features do
 * not depend on anything after the end token, so a batch need only be as long as its longest prompt.
 *
 * @param contextLength maximum number of tokens, including start and end
 * @param vocabSize number of rows of the token embedding
 * @param width width d of the tokens
 * @param layers number of blocks
 * @param heads attention heads
 * @param mlpWidth hidden width of the MLPs
 * @param embedDim dimension D of the features
 * @param activation the blocks' non-linearity
 * @param epsilon added to the variance in layer norms
 */
public record TextTransformer(
        int contextLength,
        int vocabSize,
        int width,
        int layers,
        int heads,
        int mlpWidth,
        int embedDim,
        Activation activation,
        float epsilon) {

    /**
     * Computes the features of a batch of texts, not normalised.
     *
     * @param embedded token embeddings {@code [b, n, width]}, n at most the context length
     * @param end the position of each text's end token, {@code [b]}
     * @return {@code [b, embedDim]}
     */
    public <T> T forward(TensorOps<T> ops, Weights<T> w, T embedded, T end) {
        T x = ops.add(embedded, ops.firstRows(w.get("positional_embedding"), embedded));
        for (int layer = 0; layer < layers; layer++) {
            x = block().forward(ops, block(w, layer), x);
        }
        T ends = ops.pick(x, ops.reshape(end, -1, 1));
        return ops.reshape(project(ops, w, ends), 0, embedDim);
    }

    /**
     * Computes the features of texts that share prefixes, not normalised. A sequence holds a forest of tokens, each of
     * which attends to itself and its ancestors; a shared token is computed only once.
     *
     * @param embedded token embeddings {@code [b, n, width]}
     * @param depths the number of ancestors of each token, which is its position in every text it is part of, {@code
     *     [b, n]}
     * @param mask {@code [b, n, n]}: 0 where a token attends to another, else minus infinity
     * @param ends the indices of the end tokens, {@code [b, k]}
     * @return {@code [b, k, embedDim]}
     */
    public <T> T forward(TensorOps<T> ops, Weights<T> w, T embedded, T depths, T mask, T ends) {
        T x = ops.add(embedded, ops.rows(w.get("positional_embedding"), depths));
        for (int layer = 0; layer < layers - 1; layer++) {
            x = block().forward(ops, block(w, layer), x, mask);
        }
        return project(ops, w, block().forward(ops, block(w, layers - 1), x, mask, ends));
    }

    private static <T> Weights<T> block(Weights<T> w, int layer) {
        return w.under("transformer.resblocks." + layer + ".");
    }

    private <T> T project(TensorOps<T> ops, Weights<T> w, T x) {
        T normalised = ops.layerNorm(x, w.get("ln_final.weight"), w.get("ln_final.bias"), epsilon);
        return ops.matmul(normalised, w.get("text_projection"));
    }

    /** Returns this architecture with another vocabulary size. */
    public TextTransformer withVocabSize(int other) {
        return new TextTransformer(contextLength, other, width, layers, heads, mlpWidth, embedDim, activation, epsilon);
    }

    private TransformerBlock block() {
        return new TransformerBlock(width, heads, mlpWidth, activation, epsilon, true);
    }

    /** Returns the required tensors, in OpenAI's naming, including {@code token_embedding.weight}. */
    public Shapes shapes() {
        Shapes shapes = new Shapes()
                .with("token_embedding.weight", vocabSize, width)
                .with("positional_embedding", contextLength, width);
        for (int layer = 0; layer < layers; layer++) {
            shapes.with("transformer.resblocks." + layer + ".", block().shapes());
        }
        return shapes.withNorm("ln_final", width).with("text_projection", width, embedDim);
    }
}
