package dev.clap4j.internal.nn;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One pre-norm residual block: attention, then a two-layer MLP (CLIP's {@code ResidualAttentionBlock}).
 *
 * @param width the width d of the tokens
 * @param heads attention heads, a divisor of the width
 * @param mlpWidth hidden width of the MLP
 * @param activation of the MLP
 * @param epsilon added to the variance in layer norms
 * @param causal whether, without a mask, a token attends only to itself and those before it
 */
record TransformerBlock(int width, int heads, int mlpWidth, Activation activation, float epsilon, boolean causal) {

    /** Maps tokens {@code [b, n, d]} to {@code [b, n, d]}. */
    <T> T forward(TensorOps<T> ops, Weights<T> w, T x) {
        return residual(ops, w, x, all -> all, qkv -> ops.attention(qkv.get(0), qkv.get(1), qkv.get(2), heads, causal));
    }

    /**
     * Maps tokens {@code [b, n, d]} to {@code [b, n, d]}.
     *
     * @param mask which tokens attend to which, see {@link TensorOps#maskedAttention}
     */
    <T> T forward(TensorOps<T> ops, Weights<T> w, T x, T mask) {
        return residual(
                ops, w, x, all -> all, qkv -> ops.maskedAttention(qkv.get(0), qkv.get(1), qkv.get(2), heads, mask));
    }

    /**
     * Maps tokens {@code [b, n, d]} to the outputs of some of them, {@code [b, k, d]}.
     *
     * @param mask which tokens attend to which
     * @param leaving the positions of the outputs, {@code [b, k]}
     */
    <T> T forward(TensorOps<T> ops, Weights<T> w, T x, T mask, T leaving) {
        T seen = ops.pick(mask, leaving);
        return residual(
                ops,
                w,
                x,
                all -> ops.pick(all, leaving),
                qkv -> ops.maskedAttention(ops.pick(qkv.get(0), leaving), qkv.get(1), qkv.get(2), heads, seen));
    }

    private <T> T residual(TensorOps<T> ops, Weights<T> w, T x, UnaryOperator<T> leaving, Attention<T> attention) {
        T mixed = attention(ops, w.under("attn."), layerNorm(ops, w.under("ln_1."), x), attention);
        T sum = ops.add(leaving.apply(x), mixed);
        return ops.add(sum, mlp(ops, w.under("mlp."), layerNorm(ops, w.under("ln_2."), sum)));
    }

    /** The attention between the projections: from queries, keys and values to the weighted values. */
    private interface Attention<T> {
        T mix(List<T> queryKeyValue);
    }

    private <T> T attention(TensorOps<T> ops, Weights<T> w, T x, Attention<T> attention) {
        T mixed = attention.mix(ops.linears(x, w.get("in_proj_weight"), w.get("in_proj_bias"), 3, width));
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
