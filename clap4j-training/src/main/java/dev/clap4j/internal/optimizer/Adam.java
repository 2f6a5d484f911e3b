package dev.clap4j.internal.optimizer;

import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TensorSource;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Adam (Kingma and Ba 2015) with its default constants, for training heads.
 *
 * <p>A step is one pass over the memory, on the caller's thread. The state consists of the moments and the number of
 * steps; restoring it from {@link #state} continues exactly as an uninterrupted training would.
 */
public final class Adam {
    private final Map<String, TensorData> parameters;
    private final Map<String, Moments> moments = new LinkedHashMap<>();
    private int steps;
    private AdamStep step;

    /**
     * Creates an optimizer before its first step.
     *
     * @param parameters the tensors of 32-bit floats to update in place
     */
    public Adam(Map<String, TensorData> parameters) {
        this.parameters = new LinkedHashMap<>(parameters);
        parameters.forEach((name, parameter) ->
                moments.put(name, new Moments(parameter.bytes().asFloatBuffer())));
    }

    /**
     * Begins a step, in which every parameter must be updated once, as a whole or in parts.
     *
     * @param learningRate the learning rate of the step
     */
    public void begin(double learningRate) {
        steps++;
        step = AdamStep.of(steps, learningRate);
    }

    /**
     * Updates a part of a parameter.
     *
     * @param first the index of the part's first value
     * @param gradient the gradient of the part, which is as long as this buffer's remaining values
     */
    public void update(String parameter, int first, FloatBuffer gradient) {
        moments.get(parameter).update(step, first, gradient);
    }

    /** Returns the moments, named {@code adam.mean.} or {@code adam.square.} followed by the parameter's name. */
    public List<TensorData> state() {
        List<TensorData> state = new ArrayList<>();
        moments.forEach((name, moment) -> state.add(moment.means("adam.mean." + name, shape(name))));
        moments.forEach((name, moment) -> state.add(moment.squares("adam.square." + name, shape(name))));
        return state;
    }

    private long[] shape(String parameter) {
        return parameters.get(parameter).shape();
    }

    /** Resumes from a {@link #state} saved after the given number of steps. */
    public void restore(TensorSource state, int stepsMade) {
        steps = stepsMade;
        moments.forEach(
                (name, moment) -> moment.restore(state.get("adam.mean." + name), state.get("adam.square." + name)));
    }
}
