package dev.clap4j.internal.diffusion.network;

import dev.clap4j.internal.nn.Shapes;
import dev.clap4j.internal.nn.TensorOps;
import dev.clap4j.internal.nn.Weights;

/**
 * A transformer over the pixels of a feature map, as a residual of it (Rombach et al. 2022, appendix E.2.1).
 *
 * @param channels the number of channels
 * @param block each block
 * @param depth the number of blocks
 * @param groups groups of channels in the normalisation
 * @param linear whether the outer projections are stored as linear layers, not as convolutions of single pixels
 */
record SpatialTransformer(int channels, TextConditionedBlock block, int depth, int groups, boolean linear) {
    private static final float EPSILON = 1e-6f;

    /**
     * Maps {@code [b, channels, h, w]} to the same shape.
     *
     * @param text the states of a text, {@code [b, m, textWidth]}
     */
    <T> T forward(TensorOps<T> ops, Weights<T> w, T x, T text) {
        T normalised = new GroupNorm(groups, EPSILON).forward(ops, w, "norm", x);
        T tokens = projected(ops, w, "proj_in", Layers.tokens(ops, normalised, channels));
        for (int layer = 0; layer < depth; layer++) {
            tokens = block.forward(ops, w.under("transformer_blocks." + layer + "."), tokens, text);
        }
        return ops.add(x, Layers.images(ops, projected(ops, w, "proj_out", tokens), x));
    }

    private <T> T projected(TensorOps<T> ops, Weights<T> w, String name, T tokens) {
        T weight = ops.reshape(w.get(name + ".weight"), channels, channels);
        return ops.linear(tokens, weight, w.get(name + ".bias"));
    }

    /** Returns the required tensors. */
    Shapes shapes() {
        Shapes shapes = new Shapes().withNorm("norm", channels);
        projection(shapes, "proj_in");
        for (int layer = 0; layer < depth; layer++) {
            shapes.with("transformer_blocks." + layer + ".", block.shapes());
        }
        projection(shapes, "proj_out");
        return shapes;
    }

    private void projection(Shapes shapes, String name) {
        if (linear) {
            shapes.withLinear(name, channels, channels);
        } else {
            shapes.withConv(name, channels, channels, 1);
        }
    }
}
