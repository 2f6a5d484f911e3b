package dev.clap4j.internal.nn;

/**
 * The output of a vision transformer: from its tokens to one feature.
 *
 * @param kind how tokens are pooled
 * @param heads attention heads of the pooling, if it attends
 * @param queries learned queries, of which the first counts; 0 if there are none
 * @param mlpWidth hidden width of the pooling's MLP; 0 if it has none
 * @param projection the last layer
 * @param embedDim dimension D of the feature
 */
public record TokenPooling(Pooling kind, int heads, int queries, int mlpWidth, Projection projection, int embedDim) {
    /** Creates a pooling without attention. */
    public static TokenPooling of(Pooling kind, Projection projection, int embedDim) {
        return new TokenPooling(kind, 0, 0, 0, projection, embedDim);
    }

    /** Maps tokens {@code [b, n, width]} to features {@code [b, embedDim]}. */
    <T> T forward(TensorOps<T> ops, Weights<T> w, T tokens, ImageTokens in, TransformerBlock block) {
        T pooled =
                switch (kind) {
                    case CLASS_TOKEN -> norm(ops, w, ops.reshape(ops.slice(tokens, 1, 0, 1), 0, block.width()), block);
                    case PATCH_MEAN -> patchMean(ops, norm(ops, w, tokens, block), in, block);
                    case PATCH_MEAN_THEN_NORM -> norm(ops, w, patchMean(ops, tokens, in, block), block);
                    case PROBE -> probe(block).forward(ops, w.under("attnpool."), norm(ops, w, tokens, block));
                    case QUERY_THEN_NORM ->
                        norm(ops, w, query(block).forward(ops, w.under("attnpool."), tokens), block);
                };
        return projection.forward(ops, w, pooled);
    }

    private static <T> T norm(TensorOps<T> ops, Weights<T> w, T x, TransformerBlock block) {
        return ops.layerNorm(x, w.get("ln_post.weight"), w.get("ln_post.bias"), block.epsilon());
    }

    private static <T> T patchMean(TensorOps<T> ops, T tokens, ImageTokens in, TransformerBlock block) {
        int grid = in.grid();
        T patches = in.before() == 0 ? tokens : ops.slice(tokens, 1, 1, (long) grid * grid + 1);
        return ops.reshape(ops.mean(patches, 1), 0, block.width());
    }

    private ProbePooling probe(TransformerBlock block) {
        Activation activation = block.activation();
        return new ProbePooling(block.width(), heads, mlpWidth, activation, block.epsilon());
    }

    private QueryPooling query(TransformerBlock block) {
        return new QueryPooling(embedDim, heads, queries, block.width(), block.epsilon());
    }

    Shapes shapes(TransformerBlock block) {
        Shapes shapes = new Shapes();
        if (kind == Pooling.PROBE) {
            shapes.with("attnpool.", probe(block).shapes());
        } else if (kind == Pooling.QUERY_THEN_NORM) {
            shapes.with("attnpool.", query(block).shapes());
        }
        int width = kind == Pooling.QUERY_THEN_NORM ? embedDim : block.width();
        return projection.addTo(shapes.withNorm("ln_post", width), width, embedDim);
    }
}
