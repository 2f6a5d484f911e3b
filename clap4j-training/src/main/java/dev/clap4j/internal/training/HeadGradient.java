package dev.clap4j.internal.training;

import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.nn.ResidualMlp;
import dev.clap4j.internal.torch.ActivationGradient;
import dev.clap4j.internal.torch.NativeScope;
import dev.clap4j.internal.torch.Products;
import dev.clap4j.internal.torch.Tensors;
import dev.clap4j.internal.torch.TorchOps;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;

/**
 * Forward and backward pass of the head. For a network of two layers, automatic differentiation costs more in
 * bookkeeping than the matrix products themselves, so the backward pass is written out. With {@code s_0 = act(x)},
 * {@code h_0 = W s_0 + b}, {@code s_i = act(h_i-1)}, {@code h_i = W_i s_i + b_i} and {@code y = down(x) + P h_r} (α is
 * 1 in training), the gradients are
 *
 * <pre>
 * dL/dP   = (dL/dy)ᵀ h_r        dL/dh_r   = (dL/dy) P
 * dL/dW_i = (dL/dh_i)ᵀ s_i      dL/db_i   = Σ_rows dL/dh_i
 * dL/ds_i = (dL/dh_i) W_i       dL/dh_i-1 = dL/ds_i · act'(h_i-1)
 * </pre>
 *
 * with samples as rows. Owns native memory for one gradient, which is reused for all of them, until closed.
 */
final class HeadGradient implements AutoCloseable {
    private static final TensorData ALPHA = TensorData.of("alpha", new float[] {1}, 1);

    private final ResidualMlp network;
    private final Map<String, Tensor> parameters;
    private final FloatBuffer buffer;
    private final FloatPointer memory;

    /**
     * Creates an instance that has not computed any gradient.
     *
     * @param parameters the weights, named as in the network's shapes; must outlive this object
     */
    HeadGradient(ResidualMlp network, Map<String, Tensor> parameters) {
        this.network = network;
        this.parameters = parameters;
        long largest = NativeScope.call(() ->
                parameters.values().stream().mapToLong(Tensor::numel).max().orElseThrow());
        this.memory = NativeScope.call(() -> new FloatPointer(largest).retainReference());
        this.buffer = memory.asBuffer();
    }

    /** Receives gradients as they are computed. */
    @FunctionalInterface
    interface Sink {
        /**
         * Receives a part of a parameter's gradient. The parameter may be updated: it is not read again before the next
         * forward pass.
         *
         * @param first the index of the part's first value in the parameter
         * @param gradient the part's remaining values; overwritten by the next part
         */
        void accept(String parameter, int first, FloatBuffer gradient);
    }

    /**
     * The result of a forward pass.
     *
     * @param output f_c of the batch, {@code [rows, O]}
     * @param layers the inputs and outputs of the linear layers, in order, for the backward pass
     */
    record Pass(Tensor output, List<Layer> layers) {}

    /** The input {@code s_i} and output {@code h_i} of a linear layer. */
    private record Layer(Tensor in, Tensor out) {}

    /** Operations that record the inputs and outputs of linear layers. */
    private static final class NotingOps extends TorchOps {
        private final List<Layer> layers = new ArrayList<>();

        @Override
        public Tensor linear(Tensor x, Tensor weight, Tensor bias) {
            Tensor y = Products.linear(x, weight, bias);
            layers.add(new Layer(x, y));
            return y;
        }
    }

    /** Computes f_c of a batch {@code [rows, D]}. The tensors belong to the caller's scope. */
    Pass forward(Tensor features) {
        NotingOps ops = new NotingOps();
        Tensor output = network.forward(ops, parameters::get, features, ops.constant(ALPHA));
        return new Pass(output, ops.layers);
    }

    /**
     * Computes the gradients of all parameters. They are passed on in parts small enough to be in the processor's cache
     * when consumed.
     *
     * @param gradient dL/dy, {@code [rows, O]}
     */
    void backward(Pass pass, Tensor gradient, Sink sink) {
        int last = network.repeat();
        Tensor back = Products.of(gradient, parameters.get("projection.weight"));
        weight("projection.weight", gradient, pass.layers.get(last + 1), sink);
        for (int i = last; i >= 0; i--) {
            String layer = i == 0 ? "linear." : "latent_linear." + (i - 1) + ".1.";
            Tensor out = back;
            if (i > 0) {
                Tensor activated = Products.of(out, parameters.get(layer + "weight"));
                back = ActivationGradient.of(network.activation(), pass.layers.get(i - 1).out, activated);
            }
            weight(layer + "weight", out, pass.layers.get(i), sink);
            sink.accept(layer + "bias", 0, Tensors.memory(out.sum(0)));
        }
    }

    /** Computes {@code (dL/dh)ᵀ s}. */
    private void weight(String name, Tensor out, Layer layer, Sink sink) {
        int width = (int) layer.in.size(1);
        Products.ofTransposed(
                out,
                layer.in,
                memory,
                (first, count) -> sink.accept(name, first * width, buffer.slice(0, count * width)));
    }

    @Override
    public void close() {
        memory.releaseReference();
    }
}
