package dev.clap4j.internal.nn;

/**
 * The output of a language model that serves as a text encoder: from its tokens to one feature.
 *
 * @param mean whether all tokens of a text are averaged; else the first one is read
 * @param layers the layers after that
 */
public record SentenceHead(boolean mean, Layers layers) {
    /** The layers between a pooled token and a feature. */
    public enum Layers {
        /** A matrix. */
        MATRIX,
        /** Two matrices with GELU between them (open_clip). */
        MLP,
        /** A norm, a linear layer, and a matrix (AltCLIP). */
        NORM_LINEAR
    }

    /** Maps tokens by the last block, as far as they are read: to {@code [b, n, width]} or {@code [b, 1, width]}. */
    <T> T lastBlock(TransformerBlock block, TensorOps<T> ops, Weights<T> w, TextBatch<T> texts, T x) {
        return mean ? texts.through(block, ops, w, x) : texts.read(block, ops, w, x, all -> ops.slice(all, 1, 0, 1));
    }

    /** Maps tokens {@code [b, n, width]} to features {@code [b, embedDim]}. */
    <T> T forward(TensorOps<T> ops, Weights<T> w, TextBatch<T> texts, T x, float epsilon) {
        T pooled = mean ? texts.mean(ops, x) : ops.slice(x, 1, 0, 1);
        pooled = ops.reshape(pooled, 0, -1);
        return switch (layers) {
            case MATRIX -> ops.linear(pooled, w.get("text_projection.weight"), null);
            case MLP -> {
                T hidden = ops.gelu(ops.linear(pooled, w.get("text_projection.0.weight"), null));
                yield ops.linear(hidden, w.get("text_projection.2.weight"), null);
            }
            case NORM_LINEAR -> {
                T hidden = ops.layerNorm(pooled, w.get("ln_final.weight"), w.get("ln_final.bias"), epsilon);
                hidden = ops.linear(hidden, w.get("transformation.weight"), w.get("transformation.bias"));
                yield ops.linear(hidden, w.get("text_projection.weight"), null);
            }
        };
    }

    Shapes shapes(int width, int embedDim) {
        return switch (layers) {
            case MATRIX -> new Shapes().with("text_projection.weight", embedDim, width);
            case MLP -> {
                int hidden = (width + embedDim) / 2;
                yield new Shapes()
                        .with("text_projection.0.weight", hidden, width)
                        .with("text_projection.2.weight", embedDim, hidden);
            }
            case NORM_LINEAR ->
                new Shapes()
                        .withNorm("ln_final", width)
                        .withLinear("transformation", width, embedDim)
                        .with("text_projection.weight", embedDim, embedDim);
        };
    }
}
