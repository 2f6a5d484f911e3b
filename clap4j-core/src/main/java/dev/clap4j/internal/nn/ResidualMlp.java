package dev.clap4j.internal.nn;

/**
 * The disentangled network f_c of CLAP (section 3.3): {@code y = down(x) + α · P · (W · act(x) + b)}, with further
 * {@code act, linear} layers between W and P if {@code repeat} is positive.
 *
 * <p>{@code down} is the identity if the dimensions agree, else nearest-neighbour sampling of the feature vector.
 *
 * @param inDim input dimension D
 * @param latentDim hidden dimension L
 * @param outDim output dimension O
 * @param repeat number of further hidden layers
 * @param activation the non-linearity; SiLU in all published results
 */
public record ResidualMlp(int inDim, int latentDim, int outDim, int repeat, Activation activation) {
    /** A limit far beyond any depth at which such a network can be trained. */
    public static final int MOST_REPEATS = 1_000;

    /**
     * Maps features to content features.
     *
     * @param x features {@code [n, inDim]}
     * @param alpha weight α of the residual branch, {@code [1]}
     * @return features {@code [n, outDim]}
     */
    public <T> T forward(TensorOps<T> ops, Weights<T> w, T x, T alpha) {
        T hidden = ops.linear(activation.apply(ops, x), w.get("linear.weight"), w.get("linear.bias"));
        for (int i = 0; i < repeat; i++) {
            String layer = "latent_linear." + i + ".1.";
            hidden = ops.linear(activation.apply(ops, hidden), w.get(layer + "weight"), w.get(layer + "bias"));
        }
        T residual = ops.multiply(ops.linear(hidden, w.get("projection.weight"), null), alpha);
        return ops.add(inDim == outDim ? x : ops.gatherLast(x, nearestIndices()), residual);
    }

    /**
     * Returns the input index for each output index, {@code ⌊i · inDim / outDim⌋}, in float arithmetic as in PyTorch.
     */
    public int[] nearestIndices() {
        float ratio = (float) inDim / outDim;
        int[] indices = new int[outDim];
        for (int i = 0; i < outDim; i++) {
            indices[i] = Math.min((int) (i * ratio), inDim - 1);
        }
        return indices;
    }

    /** Returns the required tensors, in the authors' naming without their prefix. */
    public Shapes shapes() {
        Shapes shapes = new Shapes().withLinear("linear", inDim, latentDim);
        for (int i = 0; i < repeat; i++) {
            shapes.withLinear("latent_linear." + i + ".1", latentDim, latentDim);
        }
        return shapes.with("projection.weight", outDim, latentDim);
    }
}
