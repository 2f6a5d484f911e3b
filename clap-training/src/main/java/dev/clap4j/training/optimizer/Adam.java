package dev.clap4j.training.optimizer;

import dev.clap4j.io.TensorData;
import dev.clap4j.io.TensorSource;
import dev.clap4j.torch.NativeScope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * Adam (Kingma and Ba 2015) with its usual constants, as heads are trained with.
 *
 * <p>All of a step is one pass over the memory, on the caller's thread. The moments are all its state besides the number of
 * steps; restored from {@link #state} it goes on as if it had never stopped.
 */
public final class Adam {
    private final Map<String, Tensor> parameters;
    private final Map<String, Moments> moments = new LinkedHashMap<>();
    private int steps;

    /**
     * An optimizer that has made no step.
     *
     * @param parameters the tensors to change; they outlive this object
     */
    public Adam(Map<String, Tensor> parameters) {
        this.parameters = new LinkedHashMap<>(parameters);
        NativeScope.run(() -> parameters.forEach((name, parameter) -> moments.put(name, new Moments(parameter))));
    }

    /**
     * Changes the parameters.
     *
     * @param learningRate the length of the step
     * @param gradients of the parameters' shapes
     */
    public void step(double learningRate, Map<String, Tensor> gradients) {
        steps++;
        AdamStep step = AdamStep.of(steps, learningRate);
        NativeScope.callWithoutGradients(() -> {
            parameters.forEach((name, parameter) -> moments.get(name).step(step, parameter, gradients.get(name)));
            return null;
        });
    }

    /** The moments, under the parameters' names with {@code adam.mean.} or {@code adam.square.} before them. */
    public List<TensorData> state() {
        List<TensorData> state = new ArrayList<>();
        moments.forEach((name, moment) -> state.add(moment.mean("adam.mean." + name, parameters.get(name))));
        moments.forEach((name, moment) -> state.add(moment.square("adam.square." + name, parameters.get(name))));
        return state;
    }

    /** Goes on from a {@link #state} after so many steps. */
    public void restore(TensorSource state, int stepsMade) {
        steps = stepsMade;
        moments.forEach((name, moment) ->
                moment.restore(state.get("adam.mean." + name), state.get("adam.square." + name), parameters.get(name)));
    }
}
