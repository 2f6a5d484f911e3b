package dev.clap4j.training.optimizer;

import dev.clap4j.io.TensorData;
import dev.clap4j.io.TensorSource;
import dev.clap4j.torch.NativeScope;
import dev.clap4j.torch.Tensors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Adam (Kingma and Ba 2015) with the usual constants and no weight decay.
 *
 * <p>Every operation works element by element, so the result does not depend on threads. The moments are all its state
 * besides the number of steps; restored from {@link #state} it goes on as if it had never stopped.
 */
public final class Adam implements AutoCloseable {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final double EPSILON = 1e-8;

    private final Map<String, Tensor> parameters;
    private final double learningRate;
    private final Map<String, Tensor> means = new LinkedHashMap<>();
    private final Map<String, Tensor> squares = new LinkedHashMap<>();
    private int steps;

    /**
     * An optimizer that has made no step.
     *
     * @param parameters the tensors to change; they outlive this object
     * @param learningRate the length of a step
     */
    public Adam(Map<String, Tensor> parameters, double learningRate) {
        this.parameters = new LinkedHashMap<>(parameters);
        this.learningRate = learningRate;
        NativeScope.run(() -> parameters.forEach((name, parameter) -> {
            means.put(name, torch.zeros_like(parameter).retainReference());
            squares.put(name, torch.zeros_like(parameter).retainReference());
        }));
    }

    /** Changes the parameters by their gradients, then forgets these. */
    public void step() {
        steps++;
        // Both averages start at zero; these undo the pull.
        double firstCorrection = 1 - Math.pow(BETA1, steps);
        double secondCorrection = Math.sqrt(1 - Math.pow(BETA2, steps));
        NativeScope.callWithoutGradients(() -> {
            parameters.forEach((name, parameter) -> {
                Tensor gradient = parameter.grad();
                Tensor mean = means.get(name);
                Tensor square = squares.get(name);
                mean.lerp_(gradient, new Scalar(1 - BETA1));
                square.mul_(new Scalar(BETA2)).addcmul_(gradient, gradient, new Scalar(1 - BETA2));
                Tensor scale = square.sqrt().div_(new Scalar(secondCorrection)).add_(new Scalar(EPSILON));
                parameter.addcdiv_(mean, scale, new Scalar(-learningRate / firstCorrection));
                gradient.zero_();
            });
            return null;
        });
    }

    /** The number of steps made. */
    public int steps() {
        return steps;
    }

    /** The moments, under the parameters' names with {@code adam.mean.} or {@code adam.square.} before them. */
    public List<TensorData> state() {
        return NativeScope.call(() -> {
            List<TensorData> state = new ArrayList<>();
            means.forEach((name, tensor) -> state.add(Tensors.toData("adam.mean." + name, tensor)));
            squares.forEach((name, tensor) -> state.add(Tensors.toData("adam.square." + name, tensor)));
            return state;
        });
    }

    /** Goes on from a {@link #state} after so many steps. */
    public void restore(TensorSource state, int stepsMade) {
        steps = stepsMade;
        NativeScope.run(() -> {
            means.forEach((name, tensor) -> tensor.copy_(Tensors.asFloats(state.get("adam.mean." + name))));
            squares.forEach((name, tensor) -> tensor.copy_(Tensors.asFloats(state.get("adam.square." + name))));
        });
    }

    @Override
    public void close() {
        means.values().forEach(Tensor::releaseReference);
        squares.values().forEach(Tensor::releaseReference);
    }
}
