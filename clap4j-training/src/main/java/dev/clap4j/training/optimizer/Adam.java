package dev.clap4j.training.optimizer;

import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TensorSource;
import dev.clap4j.internal.torch.Tensors;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * Adam (Kingma and Ba 2015) with its usual constants, as heads are trained with.
 *
 * <p>A step is one pass over the memory, on the caller's thread. The moments are all its state besides the number of
 * steps; restored from {@link #state} it goes on as if it had never stopped.
 */
public final class Adam {
    private final Map<String, Tensor> parameters;
    private final Map<String, Moments> moments = new LinkedHashMap<>();
    private int steps;
    private AdamStep step;

    /**
     * An optimizer that has made no step.
     *
     * @param parameters the tensors to change, dense and row-major; they outlive this object
     */
    public Adam(Map<String, Tensor> parameters) {
        this.parameters = new LinkedHashMap<>(parameters);
        parameters.forEach((name, parameter) -> moments.put(name, new Moments(Tensors.memory(parameter))));
    }

    /**
     * Begins a step, in which every parameter is to be updated once, as a whole or in parts.
     *
     * @param learningRate the length of the step
     */
    public void begin(double learningRate) {
        steps++;
        step = AdamStep.of(steps, learningRate);
    }

    /**
     * Changes a part of a parameter.
     *
     * @param first where the part begins in the parameter
     * @param gradient as many values as are left in it
     */
    public void update(String parameter, int first, FloatBuffer gradient) {
        moments.get(parameter).update(step, first, gradient);
    }

    /** The moments, under the parameters' names with {@code adam.mean.} or {@code adam.square.} before them. */
    public List<TensorData> state() {
        List<TensorData> state = new ArrayList<>();
        moments.forEach((name, moment) -> state.add(moment.means("adam.mean." + name, shape(name))));
        moments.forEach((name, moment) -> state.add(moment.squares("adam.square." + name, shape(name))));
        return state;
    }

    private long[] shape(String parameter) {
        return Tensors.shape(parameters.get(parameter));
    }

    /** Goes on from a {@link #state} after so many steps. */
    public void restore(TensorSource state, int stepsMade) {
        steps = stepsMade;
        moments.forEach(
                (name, moment) -> moment.restore(state.get("adam.mean." + name), state.get("adam.square." + name)));
    }
}
