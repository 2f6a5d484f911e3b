package dev.clap4j.internal.torch;

import dev.clap4j.internal.nn.Activation;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The derivatives of activation functions. */
public final class ActivationGradient {
    private ActivationGradient() {}

    /**
     * Returns the gradient with respect to an activation's input, {@code dL/dx = dL/dy · y'(x)}.
     *
     * @param x the input
     * @param gradient dL/dy, of the same shape
     */
    public static Tensor of(Activation activation, Tensor x, Tensor gradient) {
        return switch (activation) {
            // x σ(c x) is SiLU(c x) / c, so its derivative is that of SiLU at c x.
            case QUICK_GELU -> torch.silu_backward(gradient, x.mul(new Scalar(1.702f)));
            case GELU -> torch.gelu_backward(gradient, x);
            case GELU_TANH -> torch.gelu_backward(gradient, x, "tanh");
            case RELU -> torch.threshold_backward(gradient, x, new Scalar(0f));
            case SILU -> torch.silu_backward(gradient, x);
            case LEAKY_RELU -> torch.leaky_relu_backward(gradient, x, new Scalar(0.01f), false);
        };
    }
}
