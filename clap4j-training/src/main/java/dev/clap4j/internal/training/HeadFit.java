package dev.clap4j.internal.training;

import dev.clap4j.internal.blas.Matrix;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TensorSource;
import dev.clap4j.internal.nn.ResidualMlp;
import dev.clap4j.internal.objective.BatchLoss;
import dev.clap4j.internal.objective.Cosines;
import dev.clap4j.internal.optimizer.Adam;
import dev.clap4j.training.objective.HeadObjective;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Fits a head to features, step by step, on the caller's thread; only the work on the rows of large batches uses all
 * processors. The result does not depend on their number.
 */
public final class HeadFit {
    private final HeadObjective objective;
    private final Map<String, TensorData> parameters = new LinkedHashMap<>();
    private final HeadGradient gradient;
    private final Cosines cosines;
    private final Adam adam;
    private final double learningRate;

    /**
     * Creates a fit that has not taken any steps.
     *
     * @param network the geometry of the head
     * @param weights the initial weights, named as in the network's shapes; copied
     * @param batchSize the number of samples in a batch
     */
    public HeadFit(
            ResidualMlp network, TensorSource weights, HeadObjective objective, double learningRate, int batchSize) {
        this.objective = objective;
        int rows = objective.blocks() * batchSize;
        network.shapes().asMap().keySet().forEach(name -> parameters.put(name, copy(name, weights.get(name))));
        this.gradient = new HeadGradient(network, parameters, rows);
        this.cosines = new Cosines(rows, network.outDim());
        this.adam = new Adam(parameters);
        this.learningRate = learningRate;
    }

    /**
     * Takes one step on a batch.
     *
     * @param features F32 {@code [rows, D]}, in the blocks that the objective expects
     * @return the losses before the update
     */
    public BatchLoss step(TensorData features) {
        cosines.measure(gradient.forward(Matrix.view(features)));
        BatchLoss loss = BatchLoss.of(objective, cosines);
        adam.begin(learningRate);
        gradient.backward(cosines.gradient(), adam::update);
        return loss;
    }

    /** Returns copies of the head's weights. */
    public List<TensorData> weights() {
        List<TensorData> copies = new ArrayList<>();
        parameters.forEach((name, values) -> copies.add(copy(name, values)));
        return copies;
    }

    /** Returns a copy in 32-bit floats. */
    private static TensorData copy(String name, TensorData values) {
        return TensorData.of(name, values.toFloats(), values.shape());
    }

    /** Returns everything that later steps depend on: the weights and the optimizer's moments. */
    public List<TensorData> state() {
        List<TensorData> state = new ArrayList<>(weights());
        state.addAll(adam.state());
        return state;
    }

    /** Restores a {@link #state} saved after {@code steps} steps, so that training continues as if uninterrupted. */
    public void restore(TensorSource state, int steps) {
        parameters.forEach((name, parameter) ->
                parameter.bytes().asFloatBuffer().put(state.get(name).toFloats()));
        adam.restore(state, steps);
    }
}
