package dev.clap4j.internal.nn;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * One residual block: attention, then a two-layer MLP, each with its layer norm before it (CLIP's {@code
 * ResidualAttentionBlock}), or with a variant of this.
 *
 * @param width the width d of the tokens
 * @param heads attention heads, a divisor of the width
 * @param mlpWidth hidden width of the MLP
 * @param activation of the MLP
 * @param epsilon added to the variance in layer norms
 * @param causal whether, without a mask, a token attends only to itself and those before it
 * @param variants what differs from CLIP's block
 */
public record TransformerBlock(
        int width,
        int heads,
        int mlpWidth,
        Activation activation,
        float epsilon,
        boolean causal,
        Set<Variant> variants) {
    /** The differences from CLIP's block. */
    public enum Variant {
        /** Each norm follows its sum instead: {@code norm(x + f(x))} (BERT). */
        POST_NORM,
        /** Each norm follows its layer instead: {@code x + norm(f(x))} (EVA-02 E). */
        RESIDUAL_NORM,
        /** The MLP is gated: {@code down(act(gate(x)) * up(x))} (EVA-02, ViTamin). */
        GATED,
        /** Another norm between the attention and its output layer (EVA-02). */
        ATTENTION_NORM,
        /** Another norm before the MLP's second layer (EVA-02). */
        HIDDEN_NORM,
        /** Another norm before the MLP's first layer (ViTamin). */
        MLP_NORM
    }

    /** Copies the variants. */
    public TransformerBlock {
        EnumSet<Variant> ordered = EnumSet.noneOf(Variant.class);
        ordered.addAll(variants);
        variants = Collections.unmodifiableSet(ordered);
    }

    /** Creates CLIP's block. */
    public TransformerBlock(int width, int heads, int mlpWidth, Activation activation, float epsilon, boolean causal) {
        this(width, heads, mlpWidth, activation, epsilon, causal, Set.of());
    }

    /** Maps tokens {@code [b, n, d]} to {@code [b, n, d]}. */
    <T> T forward(TensorOps<T> ops, Weights<T> w, T x) {
        return forward(ops, w, x, RotaryEmbedding.none());
    }

    /**
     * Maps tokens {@code [b, n, d]} to {@code [b, n, d]}.
     *
     * @param rotation turns queries and keys by their positions
     */
    <T> T forward(TensorOps<T> ops, Weights<T> w, T x, UnaryOperator<T> rotation) {
        return residual(ops, w, x, all -> all, (attn, normed) -> {
            List<T> qkv = queryKeyValue(ops, attn, normed);
            return ops.attention(rotation.apply(qkv.get(0)), rotation.apply(qkv.get(1)), qkv.get(2), heads, causal);
        });
    }

    /**
     * Maps tokens {@code [b, n, d]}, which attend to all, to the output of one of them, {@code [b, 1, d]}: enough in the
     * last block of a network of which one token is read.
     *
     * @param rotation turns keys by their positions; the token that is read is not turned
     * @param mask which tokens are attended to, {@code [b, 1, n]}; null if all are
     * @param reading selects the token
     */
    <T> T read(TensorOps<T> ops, Weights<T> w, T x, UnaryOperator<T> rotation, T mask, UnaryOperator<T> reading) {
        return residual(ops, w, x, reading, (attn, normed) -> {
            List<T> qkv = QueryKeyValue.of(ops, attn, reading.apply(normed), normed, width);
            T key = rotation.apply(qkv.get(1));
            return mask == null
                    ? ops.attention(qkv.get(0), key, qkv.get(2), heads, false)
                    : ops.maskedAttention(qkv.get(0), key, qkv.get(2), heads, mask);
        });
    }

    /**
     * Maps tokens {@code [b, n, d]} to {@code [b, n, d]}.
     *
     * @param mask which tokens attend to which, see {@link TensorOps#maskedAttention}
     */
    <T> T masked(TensorOps<T> ops, Weights<T> w, T x, T mask) {
        return residual(ops, w, x, all -> all, (attn, normed) -> {
            List<T> qkv = queryKeyValue(ops, attn, normed);
            return ops.maskedAttention(qkv.get(0), qkv.get(1), qkv.get(2), heads, mask);
        });
    }

    /**
     * Maps tokens {@code [b, n, d]} to the outputs of some of them, {@code [b, k, d]}.
     *
     * @param mask which tokens attend to which
     * @param leaving the positions of the outputs, {@code [b, k]}
     */
    <T> T masked(TensorOps<T> ops, Weights<T> w, T x, T mask, T leaving) {
        T seen = ops.pick(mask, leaving);
        return residual(ops, w, x, all -> ops.pick(all, leaving), (attn, normed) -> {
            List<T> qkv = queryKeyValue(ops, attn, normed);
            return ops.maskedAttention(ops.pick(qkv.get(0), leaving), qkv.get(1), qkv.get(2), heads, seen);
        });
    }

    private <T> T residual(TensorOps<T> ops, Weights<T> w, T x, UnaryOperator<T> leaving, Attention<T> attention) {
        UnaryOperator<T> first = y -> layerNorm(ops, w.under("ln_1."), y);
        UnaryOperator<T> second = y -> layerNorm(ops, w.under("ln_2."), y);
        UnaryOperator<T> mix = y -> attention(ops, w.under("attn."), y, attention);
        UnaryOperator<T> mlp = y -> mlp(ops, w.under("mlp."), y);
        if (has(Variant.POST_NORM)) {
            T mixed = first.apply(ops.add(leaving.apply(x), mix.apply(x)));
            return second.apply(ops.add(mixed, mlp.apply(mixed)));
        }
        if (has(Variant.RESIDUAL_NORM)) {
            T mixed = ops.add(leaving.apply(x), first.apply(mix.apply(x)));
            return ops.add(mixed, second.apply(mlp.apply(mixed)));
        }
        T mixed = mix.apply(first.apply(x));
        T sum = ops.add(leaving.apply(x), mixed);
        return ops.add(sum, mlp.apply(second.apply(sum)));
    }

    /** Attention before its output layer: from weights and tokens to weighted values. */
    private interface Attention<T> {
        T mix(Weights<T> w, T x);
    }

    private <T> List<T> queryKeyValue(TensorOps<T> ops, Weights<T> w, T x) {
        return ops.linears(x, w.get("in_proj_weight"), w.get("in_proj_bias"), 3, width);
    }

    private <T> T attention(TensorOps<T> ops, Weights<T> w, T x, Attention<T> attention) {
        T mixed = attention.mix(w, x);
        if (has(Variant.ATTENTION_NORM)) {
            mixed = layerNorm(ops, w.under("norm."), mixed);
        }
        return ops.linear(mixed, w.get("out_proj.weight"), w.get("out_proj.bias"));
    }

    private <T> T mlp(TensorOps<T> ops, Weights<T> w, T x) {
        T in = has(Variant.MLP_NORM) ? layerNorm(ops, w.under("norm."), x) : x;
        T hidden = activation.apply(ops, ops.linear(in, w.get("c_fc.weight"), w.get("c_fc.bias")));
        if (has(Variant.GATED)) {
            hidden = ops.multiply(hidden, ops.linear(in, w.get("c_up.weight"), w.get("c_up.bias")));
        }
        if (has(Variant.HIDDEN_NORM)) {
            hidden = layerNorm(ops, w.under("norm."), hidden);
        }
        return ops.linear(hidden, w.get("c_proj.weight"), w.get("c_proj.bias"));
    }

    private <T> T layerNorm(TensorOps<T> ops, Weights<T> w, T x) {
        return ops.layerNorm(x, w.get("weight"), w.get("bias"), epsilon);
    }

    private boolean has(Variant variant) {
        return variants.contains(variant);
    }

    /** Returns the required tensors, in OpenAI's naming. */
    Shapes shapes() {
        Shapes shapes = new Shapes()
                .with("attn.in_proj_weight", 3L * width, width)
                .with("attn.in_proj_bias", 3L * width)
                .withLinear("attn.out_proj", width, width)
                .withNorm("ln_1", width)
                .withLinear("mlp.c_fc", width, mlpWidth)
                .withLinear("mlp.c_proj", mlpWidth, width)
                .withNorm("ln_2", width);
        if (has(Variant.GATED)) {
            shapes.withLinear("mlp.c_up", width, mlpWidth);
        }
        if (has(Variant.ATTENTION_NORM)) {
            shapes.withNorm("attn.norm", width);
        }
        if (has(Variant.HIDDEN_NORM) || has(Variant.MLP_NORM)) {
            shapes.withNorm("mlp.norm", has(Variant.HIDDEN_NORM) ? mlpWidth : width);
        }
        return shapes;
    }
}
