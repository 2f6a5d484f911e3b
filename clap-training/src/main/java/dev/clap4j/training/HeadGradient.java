package dev.clap4j.training;

import dev.clap4j.io.TensorData;
import dev.clap4j.nn.ResidualMlp;
import dev.clap4j.torch.ActivationGradient;
import dev.clap4j.torch.NativeScope;
import dev.clap4j.torch.TorchOps;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The small network forth and back. For a network of two layers an automatic gradient costs more in bookkeeping than the
 * products themselves, so the way back is written out: with {@code s_0 = act(x)}, {@code h_0 = W s_0 + b},
 * {@code s_i = act(h_i-1)}, {@code h_i = W_i s_i + b_i} and {@code y = down(x) + P h_r} (α is 1 in training)
 *
 * <pre>
 * dL/dP   = (dL/dy)ᵀ h_r        dL/dh_r   = (dL/dy) P
 * dL/dW_i = (dL/dh_i)ᵀ s_i      dL/db_i   = Σ_rows dL/dh_i
 * dL/ds_i = (dL/dh_i) W_i       dL/dh_i-1 = dL/ds_i · act'(h_i-1)
 * </pre>
 *
 * with batches as rows. Owns the gradients, in native memory that is used again in every step, until closed.
 */
final class HeadGradient implements AutoCloseable {
    private static final TensorData ALPHA = TensorData.of("alpha", new float[] {1}, 1);

    private final ResidualMlp network;
    private final Map<String, Tensor> parameters;
    private final Map<String, Tensor> gradients = new LinkedHashMap<>();

    /**
     * No gradient yet.
     *
     * @param parameters as the network's shapes name them; they outlive this object
     */
    HeadGradient(ResidualMlp network, Map<String, Tensor> parameters) {
        this.network = network;
        this.parameters = parameters;
        NativeScope.run(() -> parameters.forEach((name, parameter) ->
                gradients.put(name, torch.zeros_like(parameter).retainReference())));
    }

    /**
     * A batch on its way.
     *
     * @param output f_c of the batch, {@code [rows, O]}
     * @param layers what the way back needs, in the order of the layers
     */
    record Pass(Tensor output, List<Layer> layers) {}

    /** What went into a linear layer, and what came out: {@code s_i} and {@code h_i}. */
    private record Layer(Tensor in, Tensor out) {}

    /** The same algebra, which notes down what goes through linear layers. */
    private static final class NotingOps extends TorchOps {
        private final List<Layer> layers = new ArrayList<>();

        @Override
        public Tensor linear(Tensor x, Tensor weight, Tensor bias) {
            Tensor y = super.linear(x, weight, bias);
            layers.add(new Layer(x, y));
            return y;
        }
    }

    /** Forth: f_c of a batch {@code [rows, D]}. The tensors live in the caller's scope. */
    Pass forward(Tensor features) {
        NotingOps ops = new NotingOps();
        Tensor output = network.forward(ops, parameters::get, features, ops.constant(ALPHA));
        return new Pass(output, ops.layers);
    }

    /**
     * Back: the gradients of all parameters by their names, valid until the next call.
     *
     * @param gradient dL/dy, {@code [rows, O]}
     */
    Map<String, Tensor> backward(Pass pass, Tensor gradient) {
        int last = network.repeat();
        Tensor projection = parameters.get("projection.weight");
        torch.mm_out(gradients.get("projection.weight"), gradient.t(), pass.layers.get(last + 1).in);
        Tensor back = gradient.mm(projection);
        for (int i = last; i >= 0; i--) {
            String layer = i == 0 ? "linear." : "latent_linear." + (i - 1) + ".1.";
            torch.mm_out(gradients.get(layer + "weight"), back.t(), pass.layers.get(i).in);
            torch.sum_out(gradients.get(layer + "bias"), back, 0);
            if (i > 0) {
                Tensor activated = back.mm(parameters.get(layer + "weight"));
                back = ActivationGradient.of(network.activation(), pass.layers.get(i - 1).out, activated);
            }
        }
        return gradients;
    }

    @Override
    public void close() {
        gradients.values().forEach(Tensor::releaseReference);
    }
}
