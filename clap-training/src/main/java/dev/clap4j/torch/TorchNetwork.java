package dev.clap4j.torch;

import dev.clap4j.engine.CompiledNetwork;
import dev.clap4j.engine.Forward;
import dev.clap4j.engine.Input;
import dev.clap4j.io.TensorData;
import dev.clap4j.io.TensorSource;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** A network with its weights in libtorch: views of the source's memory where it holds 32-bit floats. */
final class TorchNetwork implements CompiledNetwork {
    private final Forward network;
    private final List<Input> inputs;
    private final TorchWeights weights;

    TorchNetwork(Forward network, List<Input> inputs, TensorSource source) {
        this.network = network;
        this.inputs = inputs;
        this.weights = new TorchWeights(source);
    }

    @Override
    public TensorData run(TensorData... values) {
        check(values);
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

    private void check(TensorData... values) {
        if (values.length != inputs.size()) {
            throw new IllegalArgumentException(values.length + " inputs given, " + inputs.size() + " declared");
        }
        for (int i = 0; i < values.length; i++) {
            Input input = inputs.get(i);
            if (values[i].type() != input.type() || !fits(values[i].shape(), input.shape())) {
                throw new IllegalArgumentException("Input " + input.name() + " should be " + input.type()
                        + Arrays.toString(input.shape()) + " but is " + values[i]);
            }
        }
    }

    private static boolean fits(long[] shape, long[] declared) {
        boolean fits = shape.length == declared.length;
        for (int i = 0; fits && i < shape.length; i++) {
            fits = declared[i] == -1 || declared[i] == shape[i];
        }
        return fits;
    }

    @Override
    public void close() {
        weights.close();
    }
}
