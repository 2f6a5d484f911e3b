package dev.clap4j.nn;

import java.util.List;

/**
 * One pre-norm residual block: attention, then a two-layer perceptron (CLIP's {@code ResidualAttentionBlock}).
 *
 * @param width the width d of the tokens
 * @param heads attention heads, a divisor of the width
 * @param mlpWidth the width between the perceptron's layers
 * @param activation between the perceptron's layers
 * @param epsilon added to the variance in layer norms
 * @param causal whether a token sees only those before it
 */
record TransformerBlock(int width, int heads, int mlpWidth, Activation activation, float epsilon, boolean causal) {

    /** {@code [b, n, d]} to {@code [b, n, d]}. */
    <T> T forward(TensorOps<T> ops, Weights<T> w, T x) {
        x = ops.add(x, attention(ops, w.under("attn."), layerNorm(ops, w.under("ln_1."), x)));
        return ops.add(x, mlp(ops, w.under("mlp."), layerNorm(ops, w.under("ln_2."), x)));
    }

    private <T> T attention(TensorOps<T> ops, Weights<T> w, T x) {
        T projected = ops.linear(x, w.get("in_proj_weight"), w.get("in_proj_bias"));
        List<T> qkv = List.of(
                ops.slice(projected, 2, 0, width),
                ops.slice(projected, 2, width, 2L * width),
                ops.slice(projected, 2, 2L * width, 3L * width));
        T mixed = ops.attention(qkv.get(0), qkv.get(1), qkv.get(2), heads, causal);
        return ops.linear(mixed, w.get("out_proj.weight"), w.get("out_proj.bias"));
    }

    private <T> T mlp(TensorOps<T> ops, Weights<T> w, T x) {
        T hidden = activation.apply(ops, ops.linear(x, w.get("c_fc.weight"), w.get("c_fc.bias")));
        return ops.linear(hidden, w.get("c_proj.weight"), w.get("c_proj.bias"));
    }

    private <T> T layerNorm(TensorOps<T> ops, Weights<T> w, T x) {
        return ops.layerNorm(x, w.get("weight"), w.get("bias"), epsilon);
    }

    Shapes shapes() {
        return new Shapes()
                .with("attn.in_proj_weight", 3L * width, width)
                .with("attn.in_proj_bias", 3L * width)
                .withLinear("attn.out_proj", width, width)
                .withNorm("ln_1", width)
                .withLinear("mlp.c_fc", width, mlpWidth)
                .withLinear("mlp.c_proj", mlpWidth, width)
                .withNorm("ln_2", width);
    }
}
