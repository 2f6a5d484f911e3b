package dev.clap4j.internal.nn;

import java.util.List;

/**
 * Pooling by learned queries that attend to all tokens (Yu et al. 2022, CoCa). Only the first one's output is a feature;
 * the others serve a decoder.
 */
record QueryPooling(int width, int heads, int queries, int tokenWidth, float epsilon) {
    /** Maps tokens {@code [b, n, tokenWidth]} to {@code [b, width]}. */
    <T> T forward(TensorOps<T> ops, Weights<T> w, T tokens) {
        T keys = ops.layerNorm(tokens, w.get("ln_k.weight"), w.get("ln_k.bias"), epsilon);
        T first = ops.repeatRows(ops.reshape(ops.slice(w.get("query"), 0, 0, 1), 1, 1, width), tokens);
        T query = ops.layerNorm(first, w.get("ln_q.weight"), w.get("ln_q.bias"), epsilon);
        List<T> projected = List.of(
                projected(ops, w, "q", 0, query), projected(ops, w, "k", 1, keys), projected(ops, w, "v", 2, keys));
        T mixed = ops.attention(projected.get(0), projected.get(1), projected.get(2), heads, false);
        return ops.reshape(ops.linear(mixed, w.get("attn.out_proj.weight"), w.get("attn.out_proj.bias")), 0, width);
    }

    private <T> T projected(TensorOps<T> ops, Weights<T> w, String which, int index, T x) {
        T bias = ops.slice(w.get("attn.in_proj_bias"), 0, (long) index * width, (index + 1L) * width);
        return ops.linear(x, w.get("attn." + which + "_proj_weight"), bias);
    }

    Shapes shapes() {
        return new Shapes()
                .with("query", queries, width)
                .with("attn.q_proj_weight", width, width)
                .with("attn.k_proj_weight", width, tokenWidth)
                .with("attn.v_proj_weight", width, tokenWidth)
                .with("attn.in_proj_bias", 3L * width)
                .withLinear("attn.out_proj", width, width)
                .withNorm("ln_q", width)
                .withNorm("ln_k", tokenWidth);
    }
}
