package dev.clap4j.training.optimizer;

import dev.clap4j.io.TensorData;
import dev.clap4j.io.TensorSource;
import dev.clap4j.torch.NativeScope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Adam (Kingma and Ba 2015) with decoupled weight decay (Loshchilov and Hutter 2019); without decay it is plain Adam.
 *
 * <p>Only matrices, kernels and embeddings decay, that is, tensors of rank 2 and more; biases, scales and the temperature
 * do not, as in CLIP's training.
 *
 * <p>All of a step is one pass over the memory, on the caller's thread. The moments are all its state besides the number of
 * steps; restored from {@link #state} it goes on as if it had never stopped.
 */
public final class AdamW {
    private final Map<String, Tensor> parameters;
    private final Constants constants;
    private final Map<String, Moments> moments = new LinkedHashMap<>();
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
        NativeScope.run(() -> parameters.forEach((name, parameter) -> moments.put(name, new Moments(parameter))));
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
     * Changes the parameters by their own gradients, then forgets these.
     *
     * @param learningRate the length of the step
     */
    public void step(double learningRate) {
        NativeScope.callWithoutGradients(() -> {
            Map<String, Tensor> gradients = new LinkedHashMap<>();
            parameters.forEach((name, parameter) -> gradients.put(name, parameter.grad()));
            step(learningRate, gradients);
            gradients.values().forEach(Tensor::zero_);
            return null;
        });
    }

    /**
     * Changes the parameters by gradients.
     *
     * @param learningRate the length of the step
     * @param gradients of the parameters' shapes
     */
    public void step(double learningRate, Map<String, Tensor> gradients) {
        steps++;
        NativeScope.callWithoutGradients(() -> {
            parameters.forEach((name, parameter) -> {
                double weightDecay = parameter.dim() > 1 ? constants.weightDecay : 0;
                AdamStep step = AdamStep.of(constants, steps, learningRate, weightDecay);
                moments.get(name).step(step, parameter, gradients.get(name));
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
        List<TensorData> state = new ArrayList<>();
        moments.forEach((name, moment) -> state.add(moment.mean("adam.mean." + name, parameters.get(name))));
        moments.forEach((name, moment) -> state.add(moment.square("adam.square." + name, parameters.get(name))));
        return state;
    }

    /** The running mean of a parameter's squared gradients: zero where there never was one. */
    public TensorData square(String parameter) {
        return moments.get(parameter).square(parameter, parameters.get(parameter));
    }

    /** Goes on from a {@link #state} after so many steps. */
    public void restore(TensorSource state, int stepsMade) {
        steps = stepsMade;
        moments.forEach((name, moment) ->
                moment.restore(state.get("adam.mean." + name), state.get("adam.square." + name), parameters.get(name)));
    }
}
