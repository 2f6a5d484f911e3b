package dev.clap4j.training.optimizer;

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
 * <p>Only matrices, kernels and embeddings decay, that is, tensors of rank 2 and more; biases, scales and the temperature
 * do not, as in CLIP's training.
 *
 * <p>Every operation works element by element, so the result does not depend on threads. The moments are all its state
 * besides the number of steps; restored from {@link #state} it goes on as if it had never stopped.
 */
public final class AdamW implements AutoCloseable {
    private final Map<String, Tensor> parameters;
    private final Constants constants;
    private final Map<String, Tensor> means = new LinkedHashMap<>();
    private final Map<String, Tensor> squares = new LinkedHashMap<>();
    private final Lifetime life = new Lifetime("The optimizer", this::free);
    private int steps;

    /**
     * What stays the same in all steps.
     *
     * @param beta1 the share of the old mean of gradients in the new one
     * @param beta2 the share of the old mean of squared gradients in the new one
     * @param epsilon added to the root of the latter
     * @param weightDecay the share of a weight that a step of length 1 takes away
     */
    public record Constants(double beta1, double beta2, double epsilon, double weightDecay) {
        /** Adam's usual ones, without weight decay. */
        public static final Constants PLAIN = new Constants(0.9, 0.999, 1e-8, 0);
    }

    /**
     * An optimizer that has made no step.
     *
     * @param parameters the tensors to change; they outlive this object
     */
    public AdamW(Map<String, Tensor> parameters, Constants constants) {
        this.parameters = new LinkedHashMap<>(parameters);
        this.constants = constants;
        NativeScope.run(() -> parameters.forEach((name, parameter) -> {
            means.put(name, torch.zeros_like(parameter).retainReference());
            squares.put(name, torch.zeros_like(parameter).retainReference());
        }));
    }

    /**
     * Scales all gradients down so that together they are no longer than a limit.
     *
     * @param maxNorm the limit for their Euclidean norm
     * @return the norm before
     */
    public double clipGradients(double maxNorm) {
        return NativeScope.call(() ->
                torch.clip_grad_norm_(new TensorVector(parameters.values().toArray(Tensor[]::new)), maxNorm, 2, false));
    }

    /**
     * Changes the parameters by their gradients, then forgets these.
     *
     * @param learningRate the length of the step
     * @throws IllegalStateException if it is closed, as for everything else it is asked
     */
    public void step(double learningRate) {
        life.run(() -> change(learningRate));
    }

    private void change(double learningRate) {
        steps++;
        // Both averages start at zero; these undo the pull.
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

    /** The number of steps made. */
    public int steps() {
        return steps;
    }

    /** The moments, under the parameters' names with {@code adam.mean.} or {@code adam.square.} before them. */
    public List<TensorData> state() {
        return life.use(() -> NativeScope.call(() -> {
            List<TensorData> state = new ArrayList<>();
            means.forEach((name, tensor) -> state.add(Tensors.toData("adam.mean." + name, tensor)));
            squares.forEach((name, tensor) -> state.add(Tensors.toData("adam.square." + name, tensor)));
            return state;
        }));
    }

    /** The running mean of a parameter's squared gradients: zero where there never was one. */
    public TensorData square(String parameter) {
        return life.use(() -> NativeScope.call(() -> Tensors.toData(parameter, squares.get(parameter))));
    }

    /** Goes on from a {@link #state} after so many steps. */
    public void restore(TensorSource state, int stepsMade) {
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
