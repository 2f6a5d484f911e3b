package dev.clap4j.internal.diffusion.network;

import dev.clap4j.internal.nn.Shapes;
import dev.clap4j.internal.nn.TensorOps;
import dev.clap4j.internal.nn.Weights;
import java.util.List;

/**
 * A transformer block whose tokens attend to each other, then to the states of a text, then pass a gated MLP (GEGLU,
 * Shazeer 2020), each after a layer norm and as a residual.
 *
 * @param width the width d of the tokens
 * @param heads attention heads, a divisor of the width
 * @param textWidth the width of the states of a text
 */
record TextConditionedBlock(int width, int heads, int textWidth) {
    private static final float EPSILON = 1e-5f;
    private static final int EXPANSION = 4;

    /**
     * Maps tokens {@code [b, n, d]} to {@code [b, n, d]}.
     *
     * @param text {@code [b, m, textWidth]}
     */
    <T> T forward(TensorOps<T> ops, Weights<T> w, T tokens, T text) {
        T query = norm(ops, w, "norm1", tokens);
        T mixed = ops.add(tokens, attention(ops, w.under("attn1."), query, query));
        T informed = ops.add(mixed, attention(ops, w.under("attn2."), norm(ops, w, "norm2", mixed), text));
        return ops.add(informed, gated(ops, w, norm(ops, w, "norm3", informed)));
    }

    private <T> T attention(TensorOps<T> ops, Weights<T> w, T from, T to) {
        T query = Layers.unbiased(ops, w, "to_q", from);
        T key = Layers.unbiased(ops, w, "to_k", to);
        T value = Layers.unbiased(ops, w, "to_v", to);
        return Layers.linear(ops, w, "to_out.0", ops.attention(query, key, value, heads, false));
    }

    private <T> T gated(TensorOps<T> ops, Weights<T> w, T x) {
        List<T> valuesAndGates =
                ops.linears(x, w.get("ff.net.0.proj.weight"), w.get("ff.net.0.proj.bias"), 2, (long) EXPANSION * width);
        T hidden = ops.multiply(valuesAndGates.get(0), ops.gelu(valuesAndGates.get(1)));
        return Layers.linear(ops, w, "ff.net.2", hidden);
    }

    private static <T> T norm(TensorOps<T> ops, Weights<T> w, String name, T x) {
        return ops.layerNorm(x, w.get(name + ".weight"), w.get(name + ".bias"), EPSILON);
    }

    /** Returns the required tensors. */
    Shapes shapes() {
        return new Shapes()
                .withNorm("norm1", width)
                .with("attn1.", attentionShapes(width))
                .withNorm("norm2", width)
                .with("attn2.", attentionShapes(textWidth))
                .withNorm("norm3", width)
                .withLinear("ff.net.0.proj", width, 2L * EXPANSION * width)
                .withLinear("ff.net.2", (long) EXPANSION * width, width);
    }

    private Shapes attentionShapes(int source) {
        return new Shapes()
                .with("to_q.weight", width, width)
                .with("to_k.weight", width, source)
                .with("to_v.weight", width, source)
                .withLinear("to_out.0", width, width);
    }
}
