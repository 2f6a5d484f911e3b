package dev.clap4j.pretraining;

import dev.clap4j.internal.engine.Lifetime;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TensorSource;
import dev.clap4j.internal.torch.NativeScope;
import dev.clap4j.internal.torch.Tensors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Adam (Kingma and Ba 2015) with decoupled weight decay (Loshchilov and Hutter 2019); without decay it is plain Adam.
 *
 * <p>Only tensors of rank 2 or more, that is matrices, kernels and embeddings, decay; biases, scales and the
 * temperature do not, as in CLIP's training.
 *
 * <p>All operations are element-wise, so results do not depend on the thread count. The state consists of the moments
 * and the number of steps; restoring it from {@link #state} continues exactly as an uninterrupted training would.
 */
final class AdamW implements AutoCloseable {
    private final Map<String, Tensor> parameters;
    private final Constants constants;
    private final Map<String, Tensor> means = new LinkedHashMap<>();
    private final Map<String, Tensor> squares = new LinkedHashMap<>();
    private final Lifetime life = new Lifetime("The optimizer", this::free);
    private int steps;

    /**
     * The constants of the optimizer.
     *
     * @param beta1 the decay rate of the running mean of gradients
     * @param beta2 the decay rate of the running mean of squared gradients
     * @param epsilon added to the denominator
     * @param weightDecay the weight decay, multiplied by the learning rate in each step
     */
    record Constants(double beta1, double beta2, double epsilon, double weightDecay) {}

    /**
     * Creates an optimizer before its first step.
     *
     * @param parameters the tensors to update; they outlive this object
     */
    AdamW(Map<String, Tensor> parameters, Constants constants) {
        this.parameters = new LinkedHashMap<>(parameters);
        this.constants = constants;
        NativeScope.run(() -> parameters.forEach((name, parameter) -> {
            means.put(name, torch.zeros_like(parameter).retainReference());
            squares.put(name, torch.zeros_like(parameter).retainReference());
        }));
    }

    /**
     * Clips the gradients by their global norm.
     *
     * @param maxNorm the maximum Euclidean norm of all gradients together
     * @return the norm before clipping
     */
    double clipGradients(double maxNorm) {
        return NativeScope.call(() ->
                torch.clip_grad_norm_(new TensorVector(parameters.values().toArray(Tensor[]::new)), maxNorm, 2, false));
    }

    /**
     * Updates the parameters from their gradients, then clears the gradients.
     *
     * @param learningRate the learning rate of the step
     * @throws IllegalStateException if this is closed; other methods throw it likewise
     */
    void step(double learningRate) {
        life.run(() -> change(learningRate));
    }

    private void change(double learningRate) {
        steps++;
        // Bias correction: both moments start at zero.
        double firstCorrection = 1 - Math.pow(constants.beta1, steps);
        double secondCorrection = Math.sqrt(1 - Math.pow(constants.beta2, steps));
        double decay = 1 - learningRate * constants.weightDecay;
        NativeScope.callWithoutGradients(() -> {
            parameters.forEach((name, parameter) -> {
                Tensor gradient = parameter.grad();
                Tensor mean = means.get(name);
                Tensor square = squares.get(name);
                if (constants.weightDecay > 0 && parameter.dim() > 1) {
                    parameter.mul_(new Scalar(decay));
                }
                mean.lerp_(gradient, new Scalar(1 - constants.beta1));
                square.mul_(new Scalar(constants.beta2)).addcmul_(gradient, gradient, new Scalar(1 - constants.beta2));
                Tensor scale = square.sqrt().div_(new Scalar(secondCorrection)).add_(new Scalar(constants.epsilon));
                parameter.addcdiv_(mean, scale, new Scalar(-learningRate / firstCorrection));
                gradient.zero_();
            });
            return null;
        });
    }

    /** Returns the number of steps done. */
    int steps() {
        return steps;
    }

    /** Returns the moments, named {@code adam.mean.} or {@code adam.square.} followed by the parameter's name. */
    List<TensorData> state() {
        return life.use(() -> NativeScope.call(() -> {
            List<TensorData> state = new ArrayList<>();
            means.forEach((name, tensor) -> state.add(Tensors.toData("adam.mean." + name, tensor)));
            squares.forEach((name, tensor) -> state.add(Tensors.toData("adam.square." + name, tensor)));
            return state;
        }));
    }

    /** Returns the running mean of a parameter's squared gradients; zero for elements that never had a gradient. */
    TensorData square(String parameter) {
        return life.use(() -> NativeScope.call(() -> Tensors.toData(parameter, squares.get(parameter))));
    }

    /** Resumes from a {@link #state} saved after the given number of steps. */
    void restore(TensorSource state, int stepsMade) {
        steps = stepsMade;
        life.run(() -> NativeScope.run(() -> {
            means.forEach((name, tensor) -> tensor.copy_(Tensors.asFloats(state.get("adam.mean." + name))));
            squares.forEach((name, tensor) -> tensor.copy_(Tensors.asFloats(state.get("adam.square." + name))));
        }));
    }

    @Override
    public void close() {
        life.close();
    }

    private void free() {
        means.values().forEach(Tensor::releaseReference);
        squares.values().forEach(Tensor::releaseReference);
    }
}
