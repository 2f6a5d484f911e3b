package dev.clap4j.internal.nn;

/** The pointwise non-linearities of the networks. */
public enum Activation {
    /** {@code x * sigmoid(1.702 x)}, used by OpenAI's CLIP. */
    QUICK_GELU,
    /** The exact Gaussian error linear unit, by the error function. */
    GELU,
    /** GELU with Φ approximated by the hyperbolic tangent (Hendrycks and Gimpel 2016), used by SigLIP. */
    GELU_TANH,
    /** {@code x * sigmoid(x)}, used by the disentangled network and by gated MLPs. */
    SILU,
    /** {@code max(x, 0)}. */
    RELU,
    /** {@code max(x, 0.01 x)}. */
    LEAKY_RELU;

    /** Applies this function element by element. */
    public <T> T apply(TensorOps<T> ops, T x) {
        return switch (this) {
            case QUICK_GELU -> ops.swish(x, 1.702f);
            case GELU -> ops.gelu(x);
            case GELU_TANH -> ops.geluTanh(x);
            case SILU -> ops.swish(x, 1);
            case RELU -> ops.relu(x);
            case LEAKY_RELU -> ops.leakyRelu(x, 0.01f);
        };
    }
}
