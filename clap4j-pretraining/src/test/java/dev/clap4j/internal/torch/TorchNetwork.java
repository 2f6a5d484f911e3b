package dev.clap4j.internal.torch;

import dev.clap4j.internal.engine.CompiledNetwork;
import dev.clap4j.internal.engine.Forward;
import dev.clap4j.internal.engine.Input;
import dev.clap4j.internal.engine.Lifetime;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TensorSource;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** A network with its weights in libtorch, as views of the source's memory where it holds 32-bit floats. */
final class TorchNetwork implements CompiledNetwork {
    private final Forward network;
    private final List<Input> inputs;
    private final TorchWeights weights;
    private final Lifetime life;

    TorchNetwork(Forward network, List<Input> inputs, TensorSource source) {
        this.network = network;
        this.inputs = inputs;
        this.weights = new TorchWeights(source);
        this.life = new Lifetime("The network", weights::close);
    }

    @Override
    public TensorData run(TensorData... values) {
        Input.check(inputs, values);
        return life.use(() -> runAll(values));
    }

    private TensorData runAll(TensorData... values) {
        try {
            return NativeScope.callWithoutGradients(() -> {
                List<Tensor> tensors = new ArrayList<>();
                for (TensorData value : values) {
                    tensors.add(Tensors.view(value));
                }
                return Tensors.toData("output", network.apply(new TorchOps(), weights, tensors));
            });
        } finally {
            Reference.reachabilityFence(values);
        }
    }

    @Override
    public void close() {
        life.close();
    }
}
