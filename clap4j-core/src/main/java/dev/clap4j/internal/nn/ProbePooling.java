package dev.clap4j.internal.nn;

import java.util.List;

/**
 * Pooling by a learned vector that attends to all tokens, and a residual MLP (Zhai et al. 2022, "multihead attention
 * pooling").
 */
record ProbePooling(int width, int heads, int mlpWidth, Activation activation, float epsilon) {
    /** Maps tokens {@code [b, n, width]} to {@code [b, width]}. */
    <T> T forward(TensorOps<T> ops, Weights<T> w, T tokens) {
        T probe = ops.repeatRows(w.get("probe"), tokens);
        List<T> qkv = QueryKeyValue.of(ops, w.under("attn."), probe, tokens, width);
        T mixed = ops.attention(qkv.get(0), qkv.get(1), qkv.get(2), heads, false);
        T pooled = ops.linear(mixed, w.get("attn.out_proj.weight"), w.get("attn.out_proj.bias"));
        T hidden = ops.layerNorm(pooled, w.get("ln.weight"), w.get("ln.bias"), epsilon);
        hidden = activation.apply(ops, ops.linear(hidden, w.get("mlp.c_fc.weight"), w.get("mlp.c_fc.bias")));
        hidden = ops.linear(hidden, w.get("mlp.c_proj.weight"), w.get("mlp.c_proj.bias"));
        return ops.reshape(ops.add(pooled, hidden), 0, width);
    }

    Shapes shapes() {
        return new Shapes()
                .with("probe", 1, 1, width)
                .with("attn.in_proj_weight", 3L * width, width)
                .with("attn.in_proj_bias", 3L * width)
                .withLinear("attn.out_proj", width, width)
                .withNorm("ln", width)
                .withLinear("mlp.c_fc", width, mlpWidth)
                .withLinear("mlp.c_proj", mlpWidth, width);
    }
}
