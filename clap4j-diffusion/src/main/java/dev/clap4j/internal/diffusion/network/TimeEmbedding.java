package dev.clap4j.internal.diffusion.network;

import dev.clap4j.internal.nn.Activation;
import dev.clap4j.internal.nn.Shapes;
import dev.clap4j.internal.nn.TensorOps;
import dev.clap4j.internal.nn.Weights;

/**
 * The embedding of the time step, with what else all residual blocks get.
 *
 * @param sinusoids the dimension of the time's sinusoids
 * @param dim the dimension of the embedding
 * @param guidanceDim the dimension of the guidance's sinusoids; 0 if it is no condition
 * @param addedDim the dimension of pooled text and sinusoids of sizes; 0 if they are no condition
 * @param activation the non-linearity between its layers
 */
public record TimeEmbedding(int sinusoids, int dim, int guidanceDim, int addedDim, Activation activation) {
    /**
     * The inputs.
     *
     * @param time the sinusoids of the time steps, {@code [b, sinusoids]}
     * @param guidance the sinusoids of the guidance, {@code [b, guidanceDim]}; null for none
     * @param added pooled states of texts, then the sinusoids of sizes, {@code [b, addedDim]}; null for none
     */
    public record Inputs<T>(T time, T guidance, T added) {}

    /** Returns the embedding, {@code [b, dim]}. */
    <T> T forward(TensorOps<T> ops, Weights<T> w, Inputs<T> inputs) {
        T time = guidanceDim == 0
                ? inputs.time()
                : ops.add(inputs.time(), Layers.unbiased(ops, w, "time_embedding.cond_proj", inputs.guidance()));
        T embedded = mlp(ops, w.under("time_embedding."), activation, time);
        return addedDim == 0
                ? embedded
                : ops.add(embedded, mlp(ops, w.under("add_embedding."), Activation.SILU, inputs.added()));
    }

    private static <T> T mlp(TensorOps<T> ops, Weights<T> w, Activation activation, T x) {
        return Layers.linear(ops, w, "linear_2", activation.apply(ops, Layers.linear(ops, w, "linear_1", x)));
    }

    /** Returns the required tensors. */
    Shapes shapes() {
        Shapes shapes = new Shapes()
                .withLinear("time_embedding.linear_1", sinusoids, dim)
                .withLinear("time_embedding.linear_2", dim, dim);
        if (guidanceDim > 0) {
            shapes.with("time_embedding.cond_proj.weight", sinusoids, guidanceDim);
        }
        if (addedDim > 0) {
            shapes.withLinear("add_embedding.linear_1", addedDim, dim).withLinear("add_embedding.linear_2", dim, dim);
        }
        return shapes;
    }
}
